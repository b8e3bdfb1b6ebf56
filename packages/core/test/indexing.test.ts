import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import type { ScanResult } from '../src/domain/scan.ts';

test('a folder is indexed, changes are found, and what moved keeps its identity', async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'a/deep'), { recursive: true });
  writeFileSync(join(root, 'a/deep/one.txt'), 'one');
  writeFileSync(join(root, 'a/two.txt'), 'twotwo');
  writeFileSync(join(root, 'three.txt'), 'three');
  const { client, index, rescan } = await openTestCore(t, { watching: { limit: 0 } });

  const { location, job } = await index(root);
  const first = job.result as ScanResult;
  assert.deepEqual([first.files, first.folders, first.bytes, first.added, first.identified], [3, 2, 14, 5, 3]);
  const before = await client.call('query:vdfs.entry_info', { path: join(root, 'a/deep/one.txt') });
  assert.ok(before.uuid && before.content_id);

  const again = (await rescan(location.id)).result as ScanResult;
  assert.deepEqual([again.added, again.modified, again.moved, again.removed, again.unchanged], [0, 0, 0, 0, 5]);

  renameSync(join(root, 'a'), join(root, 'b'));
  renameSync(join(root, 'three.txt'), join(root, 'b/drei.txt'));
  writeFileSync(join(root, 'b/two.txt'), 'changed');
  rmSync(join(root, 'b/deep/one.txt'));
  writeFileSync(join(root, 'b/deep/new.txt'), 'new');
  const changed = (await rescan(location.id)).result as ScanResult;
  assert.deepEqual([changed.moved, changed.removed, changed.added], [2, 1, 1]);
  const drei = await client.call('query:search.files', { text: 'drei' });
  assert.equal(drei.entries.length, 1);
  const info = await client.call('query:vdfs.entry_info', { path: root });
  assert.deepEqual([info.folder?.bytes, info.folder?.files, info.folder?.folders], [15, 3, 2]);
});
