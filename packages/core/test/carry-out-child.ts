/** A core that goes on with what it was told, for `run-and-die.ts` to kill: says a line as time passes. */
import { openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', method, input = '{}'] = process.argv.slice(2);
const { client } = await openTestCore({ after() {} }, { dataFolder, watching: { limit: 0 } });
if (method !== undefined) await client.call(method as 'action:entries.copy', JSON.parse(input) as never);
process.stdout.write('open\n');
// Also holds the process open until it is killed: nothing else keeps a core's process alive.
setInterval(() => process.stdout.write('.\n'), 5);
