import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { IdentifyFeed } from '../src/indexing/identify-feed.ts';
import { identifyFiles } from '../src/indexing/identify-files.ts';
import { writeContents } from '../src/indexing/write-contents.ts';
import { idSource } from '../src/domain/ids.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

async function world(t: TestContext) {
  const place = temporaryFolder(t);
  for (const path of ['data', 'a/from', 'a/to']) mkdirSync(`${place}/${path}`, { recursive: true });
  writeFileSync(`${place}/a/from/file.txt`, 'its bytes');
  const scans = new ScanBench(`${place}/data`);
  t.after(() => scans.close());
  const location = await scans.add(`${place}/a`, 'content');
  await scans.scan(location);
  const root = scans.location(location).root_entry_id;
  const picture = () => indexPicture(scans.library.db, root);
  return { place, scans, location, root, picture };
}

test('a file that was moved before it was known what it is keeps what was found out of it where it lies', async (t) => {
  const { place, scans, location, picture } = await world(t);
  const id = picture().ids.get('from/file.txt') ?? 0;
  // As after an end between a pass and its reading of contents.
  await scans.library.write((tx) => {
    tx.run('UPDATE entries SET content_id = NULL, uuid = NULL, revision = ? WHERE id = ?', tx.revision, id);
    tx.run('UPDATE folders SET unidentified = 1 WHERE entry_id = (SELECT parent_id FROM entries WHERE id = ?)', id);
  });
  renameSync(`${place}/a/from/file.txt`, `${place}/a/to/file.txt`);
  await scans.scan(location, { leaveMissing: true });
  assert.ok(picture().entries.get('to/file.txt')?.content, 'it is identified where it was found');
  await scans.scan(location);
  assert.equal(picture().ids.get('to/file.txt'), id);
  assert.deepEqual(picture().entries, await freshPicture(place, `${place}/a`, 'content'));
});

test('a folder that gets a file while others in it are read is not done with them', async (t) => {
  const { place, scans, root, picture } = await world(t);
  const { library, platform } = scans;
  const folder = picture().ids.get('from') ?? 0;
  const comes = (name: string) =>
    library.write((tx) => {
      const id = library.entryIds.take(1);
      tx.run(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision)
         SELECT ?, parent_id, ?, type, kind, size, mtime, inode, links, ? FROM entries WHERE parent_id = ? LIMIT 1`,
        id,
        name,
        tx.revision,
        folder,
      );
      tx.run('UPDATE write_state SET next_entry_id = ?', id + 1);
      tx.run('UPDATE folders SET unidentified = 1 WHERE entry_id = ?', folder);
    });
  for (const name of ['first.txt', 'second.txt']) writeFileSync(`${place}/a/from/${name}`, 'its bytes');
  await comes('first.txt');
  const feed = new IdentifyFeed(library.db, { id: root, path: `${place}/a` });
  const identifyNext = async () => {
    const batch = feed.next();
    assert.ok(batch);
    const identified = identifyFiles(platform.hashing, batch, () => true);
    return (): Promise<unknown> =>
      library.write((tx) =>
        writeContents(
          tx,
          identified,
          feed.done(identified.number, identified.outcomes),
          idSource(platform.clock, platform.random),
        ),
      );
  };
  const store = await identifyNext();
  await comes('second.txt');
  await store();
  assert.equal(picture().entries.get('from')?.unidentified, 1);
});
