import type { LocationRules } from '../../domain/location.ts';

/** The sets of names that a location can leave out. */
export type BuiltInSet = Extract<keyof LocationRules, 'system' | 'caches' | 'dev_folders'>;

/**
 * One name to leave out. A name that people use for things of their own counts only with evidence: a file that shows
 * what the folder is. What would be missed stays: better a cache too many in the index than a photo too few.
 */
export interface BuiltInRule {
  readonly set: BuiltInSet;
  readonly folder: boolean;
  /** Only where the folder it lies in has a path that ends so. */
  readonly under?: string;
  /** Only where one of these lies beside it, or within it. */
  readonly beside?: readonly string[];
  readonly within?: readonly string[];
}

const table = new Map<string, BuiltInRule[]>();

function add(rule: BuiltInRule, ...names: readonly string[]): void {
  for (const name of names) table.set(name, [...(table.get(name) ?? []), rule]);
}
const folders = (set: BuiltInSet, names: readonly string[], evidence: Omit<BuiltInRule, 'set' | 'folder'> = {}): void =>
  add({ set, folder: true, ...evidence }, ...names);
const files = (set: BuiltInSet, names: readonly string[]): void => add({ set, folder: false }, ...names);

// What operating systems keep for themselves.
folders('system', ['lost+found', '.Trash', '.Trashes']);
folders('system', ['Trash'], { under: '/.local/share' });
folders('system', [
  '.DocumentRevisions-V100',
  '.fseventsd',
  '.Spotlight-V100',
  '.TemporaryItems',
  '.AppleDouble',
  '.AppleDB',
  '.AppleDesktop',
  'Network Trash Folder',
]);
folders('system', [
  '$RECYCLE.BIN',
  '$Recycle.Bin',
  'System Volume Information',
  '$WinREAgent',
  '$WINDOWS.~BT',
  '$Windows.~WS',
]);
files('system', [
  '.DS_Store',
  '.LSOverride',
  '.VolumeIcon.icns',
  '.com.apple.timemachine.donotpresent',
  '.apdisk',
  '.localized',
  'Icon\r',
]);
files('system', [
  'Thumbs.db',
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  'Desktop.ini',
  'pagefile.sys',
  'hiberfil.sys',
  'swapfile.sys',
  'DumpStack.log.tmp',
]);

// What programs make again when they miss it.
folders('caches', [
  '.cache',
  '.thumbnails',
  '.ccache',
  '.sass-cache',
  '.parcel-cache',
  '.npm',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '_cacache',
  'GPUCache',
  'GrShaderCache',
  'ShaderCache',
]);
folders('caches', ['Caches'], { under: '/Library' });
folders('caches', ['Temp', 'INetCache', 'CrashDumps', 'D3DSCache'], { under: '/AppData/Local' });
folders('caches', ['INetCache', 'WebCache'], { under: '/AppData/Local/Microsoft/Windows' });
folders('caches', ['caches'], { under: '/.gradle' });
folders('caches', ['registry'], { under: '/.cargo' });
folders('caches', ['Code Cache', 'CachedData', 'CacheStorage'], {
  beside: ['Preferences', 'Local Storage', 'GPUCache'],
});
files('caches', ['.eslintcache', '.stylelintcache']);

// What version control and build tools keep: it comes from elsewhere or can be built again.
folders('dev_folders', ['.git', '.hg', '.svn', '.bzr', '_darcs', '.jj']);
folders('dev_folders', ['CVS'], { within: ['Entries'] });
folders('dev_folders', [
  'node_modules',
  'bower_components',
  '__pycache__',
  '.tox',
  '.nox',
  '.ipynb_checkpoints',
  '.terraform',
  '.dart_tool',
  '.stack-work',
  'dist-newstyle',
  '.zig-cache',
  'zig-cache',
  '.bloop',
  '.metals',
  '.angular',
  '.turbo',
]);
folders('dev_folders', ['.venv', 'venv', 'env', '.env'], { within: ['pyvenv.cfg'] });
folders('dev_folders', ['.next', '.nuxt', '.svelte-kit', '.output'], { beside: ['package.json'] });
folders('dev_folders', ['target'], { beside: ['Cargo.toml', 'pom.xml', 'build.sbt'] });
folders('dev_folders', ['build', '.gradle'], {
  beside: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'],
});
folders('dev_folders', ['build', 'cmake-build-debug', 'cmake-build-release'], {
  within: ['CMakeCache.txt', 'build.ninja'],
});
folders('dev_folders', ['vendor'], { within: ['autoload.php', 'modules.txt'] });
folders('dev_folders', ['Pods'], { beside: ['Podfile'] });
folders('dev_folders', ['DerivedData'], { under: '/Library/Developer/Xcode' });
folders('dev_folders', ['_build', 'deps'], { beside: ['mix.exs'] });
folders('dev_folders', ['_build'], { beside: ['dune-project'] });
folders('dev_folders', ['elm-stuff'], { beside: ['elm.json'] });

const PLACES: ReadonlySet<string> = new Set(
  [...table.values()].flat().flatMap(({ under = '' }) => under.split('/').filter((name) => name !== '')),
);
/** Whether a folder of that name may, by where it lies, have folders in it that are to be left out. */
export function isPlace(name: string): boolean {
  return PLACES.has(name);
}

const EVIDENCE: ReadonlySet<string> = new Set([...table.values()].flat().flatMap(({ within = [] }) => within));
/** Whether a file of that name may show that the folder it lies in is to be left out. */
export function isEvidence(name: string): boolean {
  return EVIDENCE.has(name);
}

/** By exact name; the first rule of a name whose evidence holds counts. */
export const BUILT_IN: ReadonlyMap<string, readonly BuiltInRule[]> = table;

const NUMBER = /^[0-9]+$/;

/**
 * The set of names that have a fixed beginning or end: AppleDouble files beside the real ones, trash folders per user,
 * files that NFS keeps for those who still read them, and libraries of this product, which change while they are read.
 */
export function builtInByShape(name: string, isFolder: boolean): BuiltInRule | undefined {
  if (isFolder) return name.startsWith('.Trash-') && NUMBER.test(name.slice(7)) ? TRASH : undefined;
  return name.startsWith('._') || /^\.nfs[0-9a-f]{16,}$/.test(name) ? LEFTOVER : undefined;
}
const TRASH: BuiltInRule = { set: 'system', folder: true };
const LEFTOVER: BuiltInRule = { set: 'system', folder: false };
