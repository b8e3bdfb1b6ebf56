import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTestCore, temporaryFolder } from '@sd/core/testing/open-test-core.ts';

test('a folder is listed before there is any library', async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(`${folder}/a b.txt`, 'text');
  const { client } = await openTestCore(context, { library: false });
  const { entries, source, folder: listed } = await client.call('query:vdfs.list_entries', { path: folder });
  assert.deepEqual([source, entries[0]?.name, entries[0]?.indexed, listed.indexed], ['disk', 'a b.txt', false, false]);
  const info = await client.call('query:vdfs.entry_info', { path: entries[0]?.path });
  assert.equal(info.size, 4);
  await assert.rejects(client.call('query:vdfs.list_entries', { path: `${folder}/a b.tyt` }), {
    code: 'NOT_FOUND',
    message: `${folder}/a b.tyt does not exist`,
  });
});

test('what was indexed, changed, added, removed and taken away shows as it is', async (context) => {
  const folder = temporaryFolder(context);
  const [root, away] = [`${folder}/place`, `${folder}/away`];
  mkdirSync(`${root}/sub/deep`, { recursive: true });
  for (const name of ['one.txt', 'two.txt', 'sub/three.txt', 'sub/deep/four.txt'])
    writeFileSync(`${root}/${name}`, name);
  const { client, index } = await openTestCore(context);
  const { location } = await index(root);

  const listed = await client.call('query:vdfs.list_entries', { path: root });
  assert.equal(listed.source, 'both');
  assert.deepEqual(
    listed.entries.map(({ name, indexed, kind, location: where }) => [name, indexed, kind, where]),
    [
      ['sub', true, 'folder', location.id],
      ['one.txt', true, 'text', location.id],
      ['two.txt', true, 'text', location.id],
    ],
  );
  assert.deepEqual(listed.entries[0]?.folder, { bytes: 30, files: 2, folders: 1, children: 2 });
  assert.equal(listed.folder.folder?.files, 4);
  assert.ok(listed.entries.slice(1).every(({ uuid, content_id }) => uuid && content_id));

  appendFileSync(`${root}/one.txt`, '!');
  rmSync(`${root}/two.txt`);
  writeFileSync(`${root}/new.txt`, '');
  const now = await client.call('query:vdfs.list_entries', { path: root, limit: 2 });
  assert.deepEqual([now.entries.map(({ name }) => name), now.total], [['sub', 'new.txt'], 3]);
  const rest = await client.call('query:vdfs.list_entries', { path: root, cursor: now.next_cursor });
  assert.deepEqual(
    rest.entries.map(({ name, size, content_id }) => [name, size, content_id]),
    [['one.txt', 8, undefined]],
  );

  renameSync(root, away);
  const offline = await client.call('query:vdfs.list_entries', { path: root });
  assert.deepEqual([offline.source, offline.entries.map(({ name }) => name)], ['index', ['sub', 'one.txt', 'two.txt']]);
  assert.ok(offline.entries.every((entry) => entry.offline));
  const four = await client.call('query:vdfs.entry_info', { path: `${root}/sub/deep/four.txt` });
  assert.deepEqual([four.offline, four.instances], [true, 1]);
  assert.equal((await client.call('query:vdfs.path_of', { content_id: four.content_id })).path, four.path);
  assert.equal((await client.call('query:vdfs.path_of', { uuid: four.uuid })).native_path, `${root}/sub/deep/four.txt`);
});

test('a folder that is being indexed is listed all the same', async (context) => {
  const folder = temporaryFolder(context);
  for (let n = 0; n < 2000; n++) writeFileSync(`${folder}/f${n}`, '');
  const { client, completed } = await openTestCore(context);
  const { result } = await client.call('action:locations.add', { path: folder });
  const during = await client.call('query:vdfs.list_entries', { path: folder, limit: 3 });
  assert.deepEqual([during.total, during.entries.map(({ name }) => name)], [2000, ['f0', 'f1', 'f2']]);
  await completed(result.job);
  const after = await client.call('query:vdfs.list_entries', { path: folder, limit: 1000, cursor: during.next_cursor });
  assert.ok(after.entries.length === 1000 && after.entries.every(({ indexed }) => indexed));
});
