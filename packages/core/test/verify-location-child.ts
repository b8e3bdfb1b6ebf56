/** A core that verifies the locations of its library, for `verify-crash.test.ts` to kill: says a line once it has begun, and others as time passes. */
import { openTestCore } from '../src/testing/open-test-core.ts';

const { client } = await openTestCore({ after() {} }, { dataFolder: process.argv[2] ?? '' });
const { locations } = await client.call('query:locations.list', {});
for (const { id } of locations) {
  const { result } = await client.call('action:locations.verify', { location: id, content: true });
  process.stdout.write(`${result.job.id}\n`);
}
// Also holds the process open until it is killed: nothing else keeps a core's process alive.
setInterval(() => process.stdout.write('.\n'), 10);
