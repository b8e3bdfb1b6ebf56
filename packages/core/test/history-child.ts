/** A process that tags all files and takes it back, again and again, for `history-crash.test.ts` to kill. */
import { connect } from '@sd/client/client.ts';
import { openCore } from '../src/core.ts';
import { testPlatform } from '../src/testing/test-platform.ts';

const [dataFolder = ''] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const core = await openCore(testPlatform(dataFolder, quiet), {
  dataFolder,
  version: '0.0.0-test',
  watching: { limit: 0 },
});
const client = connect(core.connect(), { client: 'child' });
const targets = { search: { types: ['file'] } } as const;
for (;;) {
  process.stdout.write('tags\n');
  await client.call('action:tags.apply', { tags: ['All'], targets, create: true });
  process.stdout.write('undoes\n');
  await client.call('action:history.undo', {});
}
