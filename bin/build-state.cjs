'use strict';
// Is a bundle in dist/ as new as what it was built from? Asked at every start of `sd` and of the daemon, so it costs
// one small file and one stat per source file, about a millisecond.
const { existsSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

/**
 * @typedef {object} Bundle
 * @property {string} entry the file to start, relative to dist/
 * @property {Array<[file: string, mtimeMs: number, size: number]>} inputs every source file read, relative to the root
 */

/** @typedef {{ cli: Bundle, daemon: Bundle }} Manifest dist/build.json, written last by scripts/build.mjs */

/**
 * @typedef {object} Build
 * @property {'fresh' | 'stale' | 'missing'} state an installation without sources is always fresh
 * @property {boolean} hasSources whether it can be rebuilt here
 * @property {string} [entry] the file to start; absent if missing
 */

/**
 * @param {string} root the repository's or installation's folder
 * @param {keyof Manifest} name
 * @returns {Build}
 */
function readBuild(root, name) {
  const hasSources = existsSync(path.join(root, 'scripts', 'build.mjs'));
  const dist = path.join(root, 'dist');
  const bundle = readManifest(dist)?.[name];
  const entry = bundle && path.join(dist, bundle.entry);
  if (!entry || !existsSync(entry)) return { state: 'missing', hasSources };
  const fresh = !hasSources || bundle.inputs.every((input) => isUnchanged(root, input));
  return { state: fresh ? 'fresh' : 'stale', hasSources, entry };
}

/**
 * @param {string} dist
 * @returns {Manifest | undefined}
 */
function readManifest(dist) {
  try {
    return JSON.parse(readFileSync(path.join(dist, 'build.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {Bundle['inputs'][number]} input
 */
function isUnchanged(root, [file, mtimeMs, size]) {
  const found = statSync(path.join(root, file), { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs === mtimeMs && found.size === size;
}

module.exports = { readBuild };
