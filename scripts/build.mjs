// Bundles the CLI and the daemon into dist/. `--quiet` prints only errors.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { formatMessages } from 'esbuild';

import { CHUNKS, ONE_FILE, buildBundle, stamp, writeAtomically } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';

/** @import { Recipe } from './lib/bundle.mjs' */

/** @type {Recipe} */
const CLI = {
  name: 'cli',
  entry: 'sd.cjs',
  options: { ...ONE_FILE, entryPoints: { sd: 'apps/cli/src/main.ts' }, target: 'node20' },
};

/** @type {Recipe} */
const DAEMON = {
  name: 'daemon',
  entry: 'main.js',
  options: {
    ...CHUNKS,
    entryPoints: { main: 'apps/daemon/src/main.ts', 'worker-entry': 'packages/platform-node/src/worker-entry.ts' },
    target: 'node22',
  },
};

/** What decides about the output without being bundled into it. */
const SETTINGS = ['package-lock.json', 'scripts/build.mjs', 'scripts/lib/bundle.mjs'];

const startedMs = Date.now();
const dist = join(root, 'dist');

try {
  mkdirSync(join(dist, 'daemon'), { recursive: true });
  const [cli, daemon] = await Promise.all([buildBundle(root, CLI), buildBundle(root, DAEMON)]);
  // A client starts the daemon by this name, whichever build is the newest.
  writeAtomically(join(dist, 'daemon', 'main.js'), "import '../../bin/daemon.cjs';\n");
  writeAtomically(join(dist, 'build.json'), JSON.stringify({ cli: stamped(cli), daemon: stamped(daemon) }));
  if (!process.argv.includes('--quiet')) {
    process.stdout.write(`built ${cli.entry} and ${daemon.entry} in ${Date.now() - startedMs} ms\n`);
  }
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(await explain(error));
}

/** @param {{ entry: string, inputs: string[] }} bundle */
function stamped({ entry, inputs }) {
  return { entry, inputs: stamp(root, [...inputs, ...SETTINGS], startedMs) };
}

/** @param {unknown} error */
async function explain(error) {
  const errors = error instanceof Error && 'errors' in error ? error.errors : undefined;
  if (!Array.isArray(errors)) return `${error instanceof Error ? error.stack : String(error)}\n`;
  return (await formatMessages(errors, { kind: 'error', color: process.stderr.isTTY })).join('');
}
