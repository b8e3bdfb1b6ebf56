import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { build } from 'esbuild';

/** @import { BuildOptions, OutputFile, Plugin } from 'esbuild' */

/**
 * @typedef {object} Recipe
 * @property {string} name 'cli' or 'daemon'; its files go to dist/<name>-<hash of the contents>/
 * @property {string} entry the name of the output file to start
 * @property {BuildOptions} options what to bundle, and for which Node
 */

/** How many builds of a bundle are kept, for processes still running from an older one. */
const KEPT = 4;
/** Kept whatever came after it: a run of the tests starts threads from the build it began with, to its end. */
const FRESH_MS = 60 * 60_000;

/**
 * zod brings its messages in 60 languages, behind a namespace that no bundler can look through: two thirds of what each
 * thread would read at its start. Nobody asks for any but the one it has set already.
 * @type {Plugin}
 */
const ONE_LANGUAGE = {
  name: 'one-language',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\\\/]zod[\\\\/]v4[\\\\/]locales[\\\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

/** @type {BuildOptions} */
const COMMON = {
  plugins: [ONE_LANGUAGE],
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  // The compiler settings of the sources must not depend on which tsconfig is nearest.
  tsconfigRaw: { compilerOptions: { target: 'es2024', verbatimModuleSyntax: true } },
  // Native code, WebAssembly, and what looks for programs beside itself (trash), stay where npm put them.
  external: [
    'better-sqlite3-multiple-ciphers',
    '@napi-rs/*',
    'koffi',
    'sharp',
    'heic-decode',
    '@hyzyla/pdfium',
    'mediabunny',
    'trash',
    'bufferutil',
    'utf-8-validate',
    '*.node',
  ],
};

/**
 * One CommonJS file whose parts run when first needed: the quickest to start. Reading 350 KB once costs less than
 * finding 25 chunks.
 * @type {BuildOptions}
 */
export const ONE_FILE = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'sdModuleUrl' },
  banner: { js: "const sdModuleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * ES modules that share chunks: the daemon and its threads have much in common, and each thread loads what its role
 * needs. The chunks lie flat beside the entries, so that `new URL('./worker-entry.js', import.meta.url)` holds in each.
 * @type {BuildOptions}
 */
export const CHUNKS = {
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  // CommonJS dependencies call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as sdCreateRequire } from 'node:module'; const require = sdCreateRequire(import.meta.url);",
  },
};

/**
 * Builds one bundle into its own folder under dist/, which appears whole or not at all.
 * @param {string} root
 * @param {Recipe} recipe
 * @returns {Promise<{ entry: string, inputs: string[] }>} the entry relative to dist/, the inputs relative to root
 */
export async function buildBundle(root, { name, entry, options }) {
  const outdir = join(root, 'dist', name);
  const { outputFiles = [], metafile } = await build({ ...COMMON, ...options, absWorkingDir: root, outdir });
  const folder = publish(join(root, 'dist'), name, outdir, outputFiles);
  return { entry: `${folder}/${entry}`, inputs: ownInputs(Object.keys(metafile?.inputs ?? {})) };
}

/**
 * Writes the files to a temporary folder and renames it to its final, content-addressed name: a folder that exists is
 * complete and never changes, so that a process can load a lazy chunk long after the next build.
 * @param {string} dist
 * @param {string} name
 * @param {string} outdir where esbuild thinks the files lie
 * @param {OutputFile[]} files
 */
function publish(dist, name, outdir, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(outdir, file.path)).update(file.contents);
  const folder = `${name}-${hash.digest('hex').slice(0, 12)}`;
  const temporary = join(dist, `.tmp-${randomUUID()}`);
  for (const file of files) {
    const target = join(temporary, relative(outdir, file.path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.contents);
  }
  const final = join(dist, folder);
  try {
    renameSync(temporary, final);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // The same contents may be there already, from an earlier build or one that runs beside this one.
    if (!existsSync(final)) throw error;
    const now = new Date();
    utimesSync(final, now, now);
  }
  dropOld(dist, name);
  return folder;
}

/**
 * Removes all but the newest builds of a bundle, and those of the last hour.
 * @param {string} dist
 * @param {string} name
 */
function dropOld(dist, name) {
  const newestFirst = readdirSync(dist)
    .filter((entry) => entry.startsWith(`${name}-`))
    .map((entry) => join(dist, entry))
    .map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.time - a.time);
  for (const { path, time } of newestFirst.slice(KEPT))
    if (time < Date.now() - FRESH_MS) rmSync(path, { recursive: true, force: true });
}

/**
 * The sources of this repository that went in. What comes from node_modules is left to the lockfile.
 * @param {string[]} inputs
 */
function ownInputs(inputs) {
  return inputs.filter((file) => !file.split(/[\\/]/).includes('node_modules') && !file.includes(':'));
}

/**
 * @param {string} root
 * @param {string[]} inputs relative to root
 * @param {number} startedMs when the build began to read
 * @returns {Array<[string, number, number]>} file, mtime in ms, size in bytes
 */
export function stamp(root, inputs, startedMs) {
  return inputs.toSorted().map((file) => {
    const found = statSync(join(root, file));
    // Changed while it was being read: which version went in is unknown, so that it counts as changed next time.
    const certain = found.mtimeMs < startedMs;
    return [file.split(sep).join('/'), certain ? found.mtimeMs : 0, found.size];
  });
}

/**
 * Replaces a file in one step.
 * @param {string} file
 * @param {string} contents
 */
export function writeAtomically(file, contents) {
  const temporary = join(dirname(file), `.tmp-${randomUUID()}`);
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}
