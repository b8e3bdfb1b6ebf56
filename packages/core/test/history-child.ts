/** A process that tags all files and takes it back, again and again, for `history-crash.test.ts` to kill. */
import { connect } from '@sd/client/client.ts';
import { nodePlatform } from '@sd/platform-node/platform.ts';
import { openCore } from '../src/core.ts';

const [dataFolder = ''] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
const core = await openCore(nodePlatform({ dataFolder, log: quiet, keychain: false }), {
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
