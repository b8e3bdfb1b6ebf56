import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import picomatch from 'picomatch/posix.js';
import { DEFAULT_RULES, type LocationRules, withRules } from '../../domain/location.ts';
import { joinNative } from '../../domain/native-path.ts';
import { temporaryName } from '../../domain/temporary-name.ts';
import type { FileFacts } from '../../ports/files.ts';
import { type FolderRules, type RuleName, compileRules } from './compile.ts';
import { anyCharacter } from '../../testing/any-character.ts';

const NOTHING: LocationRules = { ...DEFAULT_RULES, system: false, caches: false, dev_folders: false };

/** A tree as text by path; folders end with a slash or follow from what is in them. */
type Tree = Readonly<Record<string, string>>;

function filesOf(tree: Tree) {
  const paths = new Set(
    Object.keys(tree).flatMap((path) => path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))),
  );
  return {
    facts: (path: string): FileFacts | undefined =>
      paths.has(path.slice(1)) ? { type: 0, size: 0, mtime: 0, inode: 1, device: 1, links: 1 } : undefined,
    readWhole: (path: string): Uint8Array => {
      const text = tree[path.slice(1)];
      if (text === undefined) throw new Error('not found');
      return new TextEncoder().encode(text);
    },
  };
}

/** Walks the tree below `/` as a walker does: what stays, and what was left out by which rule. */
function walk(rules: LocationRules, tree: Tree): { kept: string[]; out: Record<string, RuleName> } {
  const compiled = compileRules(
    rules,
    '/r',
    filesOf(Object.fromEntries(Object.entries(tree).map(([path, text]) => [`r/${path}`, text]))),
  );
  const kept: string[] = [];
  const out: Record<string, RuleName> = {};
  const visit = (prefix: string, folder: FolderRules): void => {
    const below = Object.keys(tree)
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length))
      .filter((path) => path !== '');
    for (const name of new Set(below.map((path) => path.split('/')[0] ?? ''))) {
      const isFolder = below.some((path) => path.startsWith(`${name}/`));
      const rule = compiled.leaveOut(name, isFolder ? 1 : 0, folder);
      if (rule) {
        out[prefix + name] = rule;
        continue;
      }
      if (!isFolder) {
        kept.push(prefix + name);
        continue;
      }
      const inside = compiled.enter(name, folder);
      const asked = compiled.at(joinNative('/r', prefix + name));
      assert.deepEqual(
        [asked.path, asked.relative, asked.only],
        [inside.path, inside.relative, inside.only],
        'at() and enter() agree',
      );
      visit(`${prefix}${name}/`, inside);
    }
  };
  visit('', compiled.at('/r'));
  return { kept: kept.sort(), out };
}

const tree = (...paths: string[]): Tree => Object.fromEntries(paths.map((path) => [path, '']));

test('by default only what nobody looks for is left out', () => {
  const { kept, out } = walk(
    DEFAULT_RULES,
    tree(
      '.bashrc',
      '.config/app.ini',
      'Photos/a.jpg',
      'Photos/.DS_Store',
      'Photos/._a.jpg',
      'Photos/Thumbs.db',
      '.cache/x/y',
      '.local/share/Trash/files/z',
      '.Trash-1000/q',
      '.git/config',
      '.gitignore',
      'web/node_modules/p/index.js',
    ),
  );
  assert.deepEqual(kept, ['.bashrc', '.config/app.ini', '.gitignore', 'Photos/a.jpg']);
  assert.deepEqual(out, {
    'Photos/.DS_Store': 'system',
    'Photos/._a.jpg': 'system',
    'Photos/Thumbs.db': 'system',
    '.cache': 'caches',
    '.local/share/Trash': 'system',
    '.Trash-1000': 'system',
    '.git': 'dev_folders',
    'web/node_modules': 'dev_folders',
  });
});

test('what is ours is left out whatever the rules say: libraries, and the data folder', () => {
  const compiled = compileRules({ ...NOTHING, include: ['**'] }, '/r', filesOf({}), '/r/share/spacedrive');
  const ruleFor = (folder: string, name: string, type = 1): RuleName | undefined =>
    compiled.leaveOut(name, type, compiled.at(folder));
  assert.equal(ruleFor('/r/a', 'Photos.sdlibrary'), 'own');
  assert.equal(ruleFor('/r/a', 'Photos.sdlibrary', 0), undefined);
  assert.equal(ruleFor('/r/share', 'spacedrive'), 'own');
  assert.equal(ruleFor('/r/projects', 'spacedrive'), undefined);
});

test('names that people use too need a project file as evidence', () => {
  const mine = tree(
    'build/house.jpg',
    'target/goals.txt',
    'vendor/prices.xls',
    'env/climate.pdf',
    'Caches/geo.kml',
    'Trash/poems.txt',
    'deps/a',
    'Temp/b',
    '.Trash-old/k',
    'Thumbs.db/a.jpg',
  );
  assert.deepEqual(walk(DEFAULT_RULES, mine).out, {});
  const built = tree(
    'r/Cargo.toml',
    'r/target/debug/x',
    'j/build.gradle',
    'j/build/x',
    'c/build/CMakeCache.txt',
    'p/venv/pyvenv.cfg',
    'g/vendor/modules.txt',
    'm/Library/Caches/x',
    'l/P.sdlibrary/library.json',
  );
  assert.deepEqual(walk(DEFAULT_RULES, built).out, {
    'r/target': 'dev_folders',
    'j/build': 'dev_folders',
    'c/build': 'dev_folders',
    'p/venv': 'dev_folders',
    'g/vendor': 'dev_folders',
    'm/Library/Caches': 'caches',
    'l/P.sdlibrary': 'own',
  });
});

test('every set can be switched by itself', () => {
  const all = tree('.DS_Store', '.cache/x', 'node_modules/x', '.hidden', 'plain');
  assert.deepEqual(walk(NOTHING, all).out, {});
  assert.deepEqual(walk(withRules({ hidden: true }, NOTHING), all).out, {
    '.DS_Store': 'hidden',
    '.cache': 'hidden',
    '.hidden': 'hidden',
  });
  assert.deepEqual(walk(withRules({ system: true }, NOTHING), all).out, { '.DS_Store': 'system' });
  assert.deepEqual(walk(withRules({ caches: true }, NOTHING), all).out, { '.cache': 'caches' });
  assert.deepEqual(walk(withRules({ dev_folders: true }, NOTHING), all).out, { node_modules: 'dev_folders' });
});

test('.gitignore rules from its folder down; the nearest word counts', () => {
  const { kept, out } = walk(withRules({ gitignore: true }, NOTHING), {
    '.gitignore': '*.log\n/only-here\nbuild/\n!important.log\n',
    'a.log': '',
    'important.log': '',
    'only-here': '',
    'sub/only-here': '',
    'sub/x.log': '',
    'build/x': '',
    'sub/build': '',
    'sub/.gitignore': '!x.log\n*.tmp\n',
    'sub/y.log': '',
    'sub/deep/x.log': '',
    'sub/deep/q.tmp': '',
    'q.tmp': '',
  });
  assert.deepEqual(kept, [
    '.gitignore',
    'important.log',
    'q.tmp',
    'sub/.gitignore',
    'sub/build',
    'sub/deep/x.log',
    'sub/only-here',
    'sub/x.log',
  ]);
  assert.deepEqual(Object.keys(out).sort(), ['a.log', 'build', 'only-here', 'sub/deep/q.tmp', 'sub/y.log']);
  assert.ok(Object.values(out).every((rule) => rule === 'gitignore'));
});

test('a .gitignore of any text stops no walk', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter, maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'[]!*?\\/#ab- {}^$().+|\n'), maxLength: 40 }),
      (a, b) => {
        walk(withRules({ gitignore: true }, NOTHING), {
          '.gitignore': `${a}\n${b}\n`,
          'a/b': '',
          'x y': '',
          '..c': '',
          '\udcff': '',
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('excludes: names anywhere, paths from the location on, a slash at the end for folders', () => {
  const all = tree('a.tmp', 'd/b.tmp', 'd/keep', 'd/e/f', 'e/f', 'tmp/x', 'y/tmp');
  assert.deepEqual(Object.keys(walk(withRules({ exclude: ['*.tmp'] }, NOTHING), all).out), ['a.tmp', 'd/b.tmp']);
  assert.deepEqual(Object.keys(walk(withRules({ exclude: ['d/e'] }, NOTHING), all).out), ['d/e']);
  assert.deepEqual(Object.keys(walk(withRules({ exclude: ['/e'] }, NOTHING), all).out), ['e']);
  assert.deepEqual(Object.keys(walk(withRules({ exclude: ['tmp/'] }, NOTHING), all).out), ['tmp']);
  assert.deepEqual(Object.keys(walk(withRules({ exclude: ['d/**'] }, NOTHING), all).out), ['d']);
  assert.deepEqual(walk(withRules({ exclude: ['*.tmp'] }, NOTHING), all).out['a.tmp'], 'exclude');
});

test('includes win, and reach into what is left out', () => {
  const all = tree(
    'node_modules/mine/a.js',
    'node_modules/other/b.js',
    'node_modules/c.js',
    '.git/config',
    'x.tmp',
    'keep.tmp',
  );
  const rules = withRules({ exclude: ['*.tmp'], include: ['keep.tmp', 'node_modules/mine'] });
  const { kept, out } = walk(rules, all);
  assert.deepEqual(kept, ['keep.tmp', 'node_modules/mine/a.js']);
  assert.deepEqual(out, {
    'node_modules/other': 'dev_folders',
    'node_modules/c.js': 'dev_folders',
    '.git': 'dev_folders',
    'x.tmp': 'exclude',
  });
  assert.deepEqual(
    walk(withRules({ include: ['**/b.js'] }), all).out['node_modules'],
    'dev_folders',
    'a loose glob opens nothing',
  );
  assert.deepEqual(walk(withRules({ include: ['node_modules/**/b.js'] }), all).kept, [
    'keep.tmp',
    'node_modules/other/b.js',
    'x.tmp',
  ]);
});

const names = fc.array(fc.constantFrom('a', 'b', 'ab', '.h', 'x.tmp', 'node_modules'), { minLength: 1, maxLength: 4 });
const trees = fc
  .array(
    names.map((parts) => parts.join('/')),
    { minLength: 1, maxLength: 8 },
  )
  .map((paths) => tree(...paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))));
const globs = fc.array(
  fc.constantFrom<string[]>(
    'a',
    'b',
    '*',
    'a/*',
    '*.tmp',
    'a/**',
    '**/b',
    '{a,b}/x.tmp',
    '.h',
    'node_modules/a',
    '[ab]*',
    'ab/',
  ),
  { maxLength: 3 },
);

test('no include: a file stays exactly if picomatch finds no exclude for it or a folder above', () => {
  fc.assert(
    fc.property(trees, globs, (all, exclude) => {
      const excluded = (path: string): boolean =>
        path.split('/').some((name, index, parts) => {
          const isFolder = index < parts.length - 1;
          const upTo = parts.slice(0, index + 1).join('/');
          return exclude.some((glob) => {
            const bare = glob.replace(/\/$/, '');
            return (
              (isFolder || bare === glob) && picomatch.isMatch(bare.includes('/') ? upTo : name, bare, { dot: true })
            );
          });
        });
      assert.deepEqual(
        walk(withRules({ exclude }, NOTHING), all).kept,
        Object.keys(all)
          .filter((path) => !excluded(path))
          .sort(),
      );
    }),
    { numRuns: 1000 },
  );
});

test('more includes keep more, more excludes keep less, and an included file stays unless its folder was never reached', () => {
  fc.assert(
    fc.property(trees, globs, globs, globs, (all, exclude, include, more) => {
      const base = walk(withRules({ exclude, include }), all).kept;
      const wider = new Set(walk(withRules({ exclude, include: [...include, ...more] }), all).kept);
      assert.ok(base.every((path) => wider.has(path)));
      const narrower = walk(withRules({ exclude: [...exclude, ...more], include }), all).kept;
      assert.ok(narrower.every((path) => base.includes(path)));
      const top = Object.keys(all).filter((path) => !path.includes('/') && include.includes(path));
      assert.ok(top.every((path) => base.includes(path)));
    }),
    { numRuns: 1000 },
  );
});

test('what is being copied has no name yet that an index would know, whatever the rules say', () => {
  const name = temporaryName('0193a5b0-0000-7000-8000-000000000001', 7);
  const { kept } = walk(withRules({ include: ['*'] }, NOTHING), { [name]: '', 'a.txt': '', [`sub/${name}`]: '' });
  assert.deepEqual(kept, ['a.txt']);
});
