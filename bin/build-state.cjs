'use strict';
// Is the bundle in dist/ as new as what it was built from? Asked at every start of `sd`, so it costs one small
// file and one stat per source file, about a millisecond in all.
const { existsSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');

/**
 * @typedef {object} Manifest dist/build.json, written last by scripts/build.mjs
 * @property {string} cli the CLI's entry file, relative to dist/
 * @property {string} daemon the daemon's entry file, relative to dist/
 * @property {Array<[file: string, mtimeMs: number, size: number]>} inputs every source file read, relative to the root
 */

/**
 * @typedef {object} Build
 * @property {'fresh' | 'stale' | 'missing'} state an installation without sources is always fresh
 * @property {boolean} hasSources whether it can be rebuilt here
 * @property {Manifest} [manifest] absent if missing
 */

/**
 * @param {string} root the repository's or installation's folder
 * @returns {Build}
 */
function readBuild(root) {
  const hasSources = existsSync(path.join(root, 'scripts', 'build.mjs'));
  const manifest = readManifest(path.join(root, 'dist'));
  if (!manifest) return { state: 'missing', hasSources };
  const fresh = !hasSources || manifest.inputs.every((input) => isUnchanged(root, input));
  return { state: fresh ? 'fresh' : 'stale', hasSources, manifest };
}

/** @param {string} dist */
function readManifest(dist) {
  try {
    /** @type {Manifest} */
    const manifest = JSON.parse(readFileSync(path.join(dist, 'build.json'), 'utf8'));
    return existsSync(path.join(dist, manifest.cli)) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {Manifest['inputs'][number]} input
 */
function isUnchanged(root, [file, mtimeMs, size]) {
  const found = statSync(path.join(root, file), { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs === mtimeMs && found.size === size;
}

module.exports = { readBuild };
