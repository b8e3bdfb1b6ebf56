/** A core with an export in it, for `export-crash.test.ts` to kill: says a line once it is open, and others as time passes. */
import { openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', path] = process.argv.slice(2);
const { client } = await openTestCore({ after() {} }, { dataFolder });
if (path !== undefined) await client.call('action:library.export', { format: 'csv', path });
process.stdout.write('open\n');
// Also holds the process open until it is killed: nothing else keeps a core's process alive.
setInterval(() => process.stdout.write('.\n'), 10);
