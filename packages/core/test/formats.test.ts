import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { insertRootEntry } from '@sd/core/db/library/root-entry.ts';
import { first } from '@sd/core/db/library/migrations/0001-first.ts';
import { uuidFromText } from '@sd/core/domain/ids.ts';
import { DEFAULT_RULES } from '@sd/core/domain/location.ts';
import { dataFolder, openLibraries } from '@sd/core/testing/library-fixture.ts';
import { openTestCore, temporaryFolder } from '@sd/core/testing/open-test-core.ts';

test('a library of the first format is backed up, brought up to date, and has all it had', async (context) => {
  const folder = dataFolder(context);
  const tree = temporaryFolder(context);
  mkdirSync(join(tree, 'letters'));
  writeFileSync(join(tree, 'letters', 'to anna.txt'), 'dear anna');
  const rootId = await makeOldLibrary(folder, tree);

  const { client, completed } = await openTestCore(context, { dataFolder: folder });
  const [library] = (await client.call('query:libraries.list', {})).libraries;
  assert.equal(library?.state, 'open');
  assert.equal(readdirSync(join(library?.folder ?? '', 'backups')).length, 1, 'a backup from before');
  const [location] = (await client.call('query:locations.list', {})).locations;
  assert.equal(location?.name, 'Old papers');
  assert.equal(location?.root_entry, rootId);

  const { result } = await client.call('action:locations.rescan', { location: 'Old papers' });
  await completed(result.job);
  const found = await client.call('query:vdfs.list_entries', { path: join(tree, 'letters') });
  assert.deepEqual(
    found.entries.map(({ name }) => name),
    ['to anna.txt'],
  );
});

/** As the first version made it, with one location; answers the id of its root. */
async function makeOldLibrary(folder: string, tree: string): Promise<number> {
  const { libraries, platform } = await openLibraries(folder, { migrations: [first] });
  await libraries.create({ name: 'Old' });
  const library = libraries.open('Old');
  const facts = platform.files.facts(tree);
  assert.ok(facts);
  const root = library.entryIds.take(1);
  const uuid = (last: string): Uint8Array =>
    uuidFromText(`0193a5b0-0000-7000-8000-00000000000${last}`) ?? assert.fail();
  await library.write((tx) => {
    insertRootEntry(tx, { id: root, uuid: uuid('1'), name: 'papers', facts });
    tx.run(
      `INSERT INTO locations (uuid, device_id, root_entry_id, path, name, mode, rules, created_at, scanning, revision)
       VALUES (?, ?, ?, ?, 'Old papers', 'shallow', ?, 0, 0, ?)`,
      uuid('2'),
      uuid('3'),
      root,
      tree,
      JSON.stringify(DEFAULT_RULES),
      tx.revision,
    );
  });
  await libraries.stop();
  return root;
}
