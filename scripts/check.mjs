// npm run check [-- step …] [-- --update]: everything but the tests that says whether a change may go in.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { packagedNode } from './lib/packaged-node.mjs';
import { root } from './lib/paths.mjs';
import { install } from './lib/prepare.mjs';
import { capture } from './lib/run.mjs';
import { testFiles } from './lib/test-files.mjs';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
await install();
const node = packagedNode();

/** @type {Record<string, string[]>} step → arguments for Node, run in the root */
const STEPS = {
  types: ['scripts/check/types.mjs'],
  lint: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--format=unix', '.'],
  format: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'],
  arrows: ['scripts/check/arrows.mjs'],
  unused: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints', '--include-entry-exports'],
  api: ['--test', '--test-reporter=dot', ...update(), ...snapshotTests()],
  natives: ['scripts/check/natives.mjs'],
};

/** `--update` writes the API snapshot anew; its change is then part of the diff under review. */
function update() {
  return args.includes('--update') ? ['--test-update-snapshots'] : [];
}

function snapshotTests() {
  const found = testFiles(root, ['api-snapshot.test.ts']);
  // A file that does not exist makes the step fail, where no file at all would let Node look for others.
  return found.length > 0 ? found : [join('packages', 'core', 'test', 'api-snapshot.test.ts')];
}

const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  process.stderr.write(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.\n`);
  process.exit(2);
}

const steps = Object.entries(STEPS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
/** @type {string[]} */
const failed = [];

/** @param {string} name @param {string[]} command */
async function runStep(name, command) {
  const started = performance.now();
  const { code, output } = await capture(node, command, { cwd: root });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${seconds.padStart(5)} s\n`);
  if (code === 0) return;
  failed.push(name);
  process.stdout.write(`${output.trimEnd().replace(/^/gm, '    ')}\n`);
}

/** Takes the next step until there is none. Shared by as many as there are processors. */
async function work() {
  for (let step = steps.shift(); step; step = steps.shift()) await runStep(...step);
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
