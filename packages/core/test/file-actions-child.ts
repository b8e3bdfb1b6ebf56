/** A core that does one thing after another, for `file-actions-kills.test.ts` to kill: says a line as time passes. */
import { actAtRandom, randomFrom } from '../src/testing/random-actions.ts';
import { openTestCore } from '../src/testing/open-test-core.ts';

const [dataFolder = '', seed = '0', ...roots] = process.argv.slice(2);
const core = await openTestCore({ after() {} }, { dataFolder, watching: { limit: 0 } });
process.stdout.write('open\n');
setInterval(() => process.stdout.write('.\n'), 5);
await actAtRandom(core, roots, randomFrom(Number(seed)), () => process.stdout.write('act\n'));
