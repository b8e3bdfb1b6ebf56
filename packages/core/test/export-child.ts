/** A core with an export in it, for `export-crash.test.ts` to kill: says a line for each news of its job. */
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', path] = process.argv.slice(2);
const { core, client } = await openTestCore({ after() {} }, { dataFolder });
core.events.subscribe(({ resource, data }) => {
  const job = data?.['job'] as JobInfo | undefined;
  if (resource === 'job' && job?.kind === 'library.export') process.stdout.write(`${job.state}\n`);
});
if (path !== undefined) await client.call('action:library.export', { format: 'csv', path });
process.stdout.write('open\n');
// Held open until it is killed: nothing else keeps a core's process alive.
setInterval(() => {}, 1_000);
