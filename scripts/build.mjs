// Bundles the CLI and the daemon into dist/. `--quiet` prints only errors.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { formatMessages } from 'esbuild';

import { buildBundle, stamp, writeAtomically } from './lib/bundle.mjs';
import { root } from './lib/paths.mjs';

/** @import { Bundle } from './lib/bundle.mjs' */

/** @type {{ cli: Bundle, daemon: Bundle }} */
const BUNDLES = {
  cli: {
    name: 'cli',
    entry: 'sd.js',
    entryPoints: { sd: 'apps/cli/src/main.ts' },
    target: 'node20',
  },
  daemon: {
    name: 'daemon',
    entry: 'main.js',
    entryPoints: { main: 'apps/daemon/src/main.ts', 'worker-entry': 'packages/platform-node/src/worker-entry.ts' },
    target: 'node22',
  },
};

/** What decides about the output without being bundled into it. */
const SETTINGS = ['package-lock.json', 'scripts/build.mjs', 'scripts/lib/bundle.mjs'];

const startedMs = Date.now();
const dist = join(root, 'dist');
mkdirSync(dist, { recursive: true });

try {
  const [cli, daemon] = await Promise.all([buildBundle(root, BUNDLES.cli), buildBundle(root, BUNDLES.daemon)]);
  const inputs = [...new Set([...cli.inputs, ...daemon.inputs, ...SETTINGS])];
  for (const [name, file, entry] of /** @type {const} */ ([
    ['cli', 'sd.js', cli.entry],
    ['daemon', 'main.js', daemon.entry],
  ])) {
    mkdirSync(join(dist, name), { recursive: true });
    writeAtomically(join(dist, name, file), `import '../${entry}';\n`);
  }
  const manifest = { cli: cli.entry, daemon: daemon.entry, inputs: stamp(root, inputs, startedMs) };
  writeAtomically(join(dist, 'build.json'), JSON.stringify(manifest));
  if (!process.argv.includes('--quiet')) {
    process.stdout.write(`built ${cli.entry} and ${daemon.entry} in ${Date.now() - startedMs} ms\n`);
  }
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(await explain(error));
}

/** @param {unknown} error */
async function explain(error) {
  const errors = error instanceof Error && 'errors' in error ? error.errors : undefined;
  if (!Array.isArray(errors)) return `${error instanceof Error ? error.stack : String(error)}\n`;
  return (await formatMessages(errors, { kind: 'error', color: process.stderr.isTTY })).join('');
}
