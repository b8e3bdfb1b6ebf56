// npm test [-- path-part … --test-option …]: unit tests, then stories, on the packaged Node.
import { availableParallelism } from 'node:os';

import { packagedNode } from './lib/packaged-node.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';
import { testEnvironment } from './lib/test-environment.mjs';
import { testFiles } from './lib/test-files.mjs';

/** A test that hangs fails after this long, instead of holding up the run for ever. */
const TIMEOUT_MS = 10 * 60_000;

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('--'));
const filters = args.filter((arg) => !arg.startsWith('--'));

const files = testFiles(root, filters);
if (files.length === 0) {
  process.stderr.write(`No test file's path contains ${filters.join(' or ') || '.test.'}.\n`);
  process.exit(1);
}
await prepare();
// A process per file: the stories start daemons and change the environment. Node's own default leaves one core idle.
const concurrency = Math.max(2, availableParallelism());
process.exitCode = await run(
  packagedNode(),
  [
    '--import',
    new URL('lib/test-watchdog.mjs', import.meta.url).href,
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${TIMEOUT_MS}`,
    ...options,
    ...files,
  ],
  { cwd: root, env: { ...process.env, ...testEnvironment(root) } },
);
