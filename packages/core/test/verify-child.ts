/** A core with a verification in it, for `jobs-crash.test.ts` to kill: says a line for each event of its jobs. */
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { openTestCore } from '../src/testing/open-test-core.ts';

const { core, client } = await openTestCore({ after() {} }, { dataFolder: process.argv[2] ?? '' });
core.events.subscribe(({ resource, data }) => {
  if (resource === 'job') process.stdout.write(`${(data?.['job'] as JobInfo | undefined)?.state}\n`);
});
const { result } = await client.call('action:content.verify_duplicates', {});
process.stdout.write(`${result.job.state}\n`);
// Held open until it is killed: nothing else keeps a core's process alive.
setInterval(() => {}, 1_000);
