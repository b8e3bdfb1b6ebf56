import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { build } from 'esbuild';

/** @import { BuildOptions, OutputFile } from 'esbuild' */

/**
 * @typedef {object} Bundle
 * @property {string} name 'cli' or 'daemon'; its files go to dist/<name>-<hash of the contents>/
 * @property {string} entry the name of the output file to start
 * @property {Record<string, string>} entryPoints output name without extension → source, relative to the root
 * @property {string} target the oldest Node it must run on, in esbuild's words
 */

/** How many builds of a bundle are kept, for processes still running from an older one. */
const KEPT = 4;

/** CommonJS dependencies inside an ES module bundle call `require` for Node's own modules. */
const REQUIRE = `import { createRequire as sdCreateRequire } from 'node:module'; const require = sdCreateRequire(import.meta.url);`;

/** @type {BuildOptions} */
const COMMON = {
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  format: 'esm',
  splitting: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  // Chunks lie flat beside the entries, so that `new URL('./worker-entry.js', import.meta.url)` holds in each.
  chunkNames: '[name]-[hash]',
  banner: { js: REQUIRE },
  // The compiler settings of the sources must not depend on which tsconfig is nearest.
  tsconfigRaw: { compilerOptions: { target: 'es2024', verbatimModuleSyntax: true } },
  // Native code stays where npm put it.
  external: ['better-sqlite3-multiple-ciphers', '@napi-rs/*', 'bufferutil', 'utf-8-validate', '*.node'],
};

/**
 * Builds one bundle into its own folder under dist/, which appears whole or not at all.
 * @param {string} root
 * @param {Bundle} bundle
 * @returns {Promise<{ entry: string, inputs: string[] }>} the entry relative to dist/, the inputs relative to root
 */
export async function buildBundle(root, bundle) {
  const outdir = join(root, 'dist', bundle.name);
  const { outputFiles = [], metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: bundle.entryPoints,
    target: bundle.target,
    outdir,
  });
  const folder = publish(join(root, 'dist'), bundle.name, outdir, outputFiles);
  return { entry: `${folder}/${bundle.entry}`, inputs: ownInputs(Object.keys(metafile?.inputs ?? {})) };
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
 * Removes all but the newest builds of a bundle.
 * @param {string} dist
 * @param {string} name
 */
function dropOld(dist, name) {
  const newestFirst = readdirSync(dist)
    .filter((entry) => entry.startsWith(`${name}-`))
    .map((entry) => join(dist, entry))
    .map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.time - a.time);
  for (const old of newestFirst.slice(KEPT)) rmSync(old.path, { recursive: true, force: true });
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
