import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { readBuild } from '../../bin/build-state.cjs';
import { isInstalled } from './installed.mjs';
import { root } from './paths.mjs';
import { capture } from './run.mjs';

/** Installs the dependencies and builds the bundles, each only if needed. Ends the process if that fails. */
export async function prepare() {
  await install();
  if (readBuild(root, 'cli').state !== 'fresh' || readBuild(root, 'daemon').state !== 'fresh') await build();
}

/** Installs the dependencies if they are missing or not what the lockfile asks for. */
export async function install() {
  if (isInstalled(root)) return;
  const first = !existsSync(join(root, 'node_modules'));
  say(first ? 'Installing the dependencies, once …' : 'The dependencies changed; installing them …');
  const { file, args, shell } = npm();
  const { code, output } = await capture(file, [...args, 'ci', '--loglevel=error'], { cwd: root, shell });
  if (code !== 0) stop(`${output}\nnpm ci failed. Is the network there?`);
}

async function build() {
  const script = join(root, 'scripts', 'build.mjs');
  const { code, output } = await capture(process.execPath, [script, '--quiet'], { cwd: root });
  if (code !== 0) stop(`${output}\nThe sources do not build.`);
}

/**
 * The npm that called us, run by the Node that runs it: ours may be the one in node_modules, which npm is about to
 * replace, and that fails on Windows while it runs.
 */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && node && /\.[cm]?js$/.test(script)) return { file: node, args: [script], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {string} message @returns {never} */
function stop(message) {
  say(message);
  process.exit(1);
}
