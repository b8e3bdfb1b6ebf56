'use strict';
// Finds the entry of a bundle, after rebuilding it if this is a checkout whose sources changed.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { readBuild } = require('./build-state.cjs');

const root = path.dirname(__dirname);

/**
 * @param {'cli' | 'daemon'} name
 * @returns {string} the file to load
 * @throws {Error} with words for the user, if there is nothing to load and nothing to build it from
 */
function freshEntry(name) {
  let build = readBuild(root, name);
  if (build.state !== 'fresh' && build.hasSources) {
    rebuild();
    build = readBuild(root, name);
  }
  if (!build.entry) throw new Error(`this installation is incomplete: ${path.join(root, 'dist')} has no ${name}.`);
  return build.entry;
}

function rebuild() {
  if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) {
    throw new Error(
      `the dependencies are not installed. Run "npm ci" in ${root}, or "npm start", which does it for you.`,
    );
  }
  const { spawnSync } = require('node:child_process');
  const args = [path.join(root, 'scripts', 'build.mjs'), '--quiet'];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2], windowsHide: true });
  if (status !== 0) throw new Error('the sources changed and do not build (see above).');
}

module.exports = { freshEntry };
