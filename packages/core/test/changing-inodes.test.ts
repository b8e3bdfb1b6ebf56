import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { treeOf, writeTree } from '../src/testing/file-world.ts';
import { planningBench } from '../src/testing/planning-fixture.ts';

/** A volume as a camera's card is: nothing has the number it had a moment ago. */
function card(context: TestContext) {
  const volume = { path: '', changesInodes: true };
  const bench = planningBench(context, {
    platform: (platform) => new FakeUserFiles(nodeUserFiles, [volume]).ports(platform),
  });
  volume.path = `${bench.folder}/card`;
  writeTree(bench.folder, { 'card/from/a': '1', 'card/from/b/c': '2', 'card/to/': '', 'own/from/a': '3' });
  return bench;
}

test('a plan of files whose inode numbers change is not stale, and says nothing of them', async (context) => {
  const bench = card(context);
  const at = (path: string): string => `${bench.folder}/${path}`;
  for (const request of [
    { operation: 'entries.copy' as const, sources: [at('card/from')], to: at('card/to'), on_conflict: 'ask' as const },
    { operation: 'entries.move' as const, sources: [at('card/from')], to: at('own'), on_conflict: 'replace' as const },
    { operation: 'entries.delete' as const, sources: [at('card/from')] },
    { operation: 'entries.trash' as const, sources: [at('card/from/a')] },
    { operation: 'entries.set_times' as const, sources: [at('card/from/a')], times: { modified: 1_000_000 } },
  ]) {
    const { id } = await bench.plan(request);
    for (const { facts, there } of bench.steps(id))
      for (const one of [facts, ...(there ? [there] : [])])
        assert.ok(one.inode === 0 || one.device < 2 ** 40, request.operation);
    await bench.commit(id);
  }
  assert.equal(Object.keys(treeOf(at('card'))).length, 5, 'nothing was done yet');
});
