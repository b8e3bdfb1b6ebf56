import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { ScanBench } from '../testing/scan-bench.ts';
import { IdentifyFeed } from './identify-feed.ts';
import { type FileBatch, IDENTIFIED, UNREADABLE } from './identify-protocol.ts';

/** Two locations that were scanned for names only, and whose folders then wait for their contents. */
async function feedOf(t: TestContext, filesByFolder: Readonly<Record<string, number>>) {
  const folder = temporaryFolder(t);
  const bench = new ScanBench(folder);
  t.after(() => bench.close());
  for (const tree of ['tree', 'other']) {
    for (const [name, files] of Object.entries(filesByFolder)) {
      mkdirSync(`${folder}/${tree}/${name}`, { recursive: true });
      for (let file = 0; file < files; file++) writeFileSync(`${folder}/${tree}/${name}/${file}`, 'four');
    }
  }
  const [location, other] = [await bench.add(`${folder}/tree`), await bench.add(`${folder}/other`)];
  await bench.scan(other);
  await bench.scan(location);
  await bench.library.write((tx) => tx.run('UPDATE folders SET unidentified = 1 WHERE own_files > 0'));
  const root = { id: bench.location(location).root_entry_id, path: `${folder}/tree` };
  return new IdentifyFeed(bench.library.db, root);
}
function all(feed: IdentifyFeed): FileBatch[] {
  const batches: FileBatch[] = [];
  for (let next = feed.next(); next; next = feed.next()) batches.push(next);
  return batches;
}
const outcomes = (batch: FileBatch, outcome: number): Uint8Array => new Uint8Array(batch.ids.length).fill(outcome);

test('every file of the location comes once, in batches, and no file of another', async (t) => {
  const files = await feedOf(t, { a: 3, 'a/big': 2_300, b: 0, c: 1 });
  assert.deepEqual(files.total(), { files: 2_304, bytes: 2_304 * 4 });
  const batches = all(files);
  assert.equal(new Set(batches.flatMap(({ ids }) => [...ids])).size, 2_304);
  assert.ok(
    batches.every(
      ({ ids, names }) => ids.length <= 500 && (ids.length === 0 || names.split('/').length === ids.length),
    ),
  );
  assert.ok(batches.flatMap(({ folders }) => folders.split('\0')).every((path) => path.includes('/tree/')));
});

test('a folder is done when the last of its batches is back, whatever their order', async (t) => {
  const files = await feedOf(t, { big: 1_200 });
  const batches = all(files);
  assert.equal(batches.length, 3);
  const done = batches.toReversed().map((batch) => files.done(batch.number, outcomes(batch, IDENTIFIED)).length);
  assert.deepEqual(done, [0, 0, 1]);
});

test('a folder with a file that could not be read is not done: the next scan tries again', async (t) => {
  const files = await feedOf(t, { a: 2, b: 2 });
  const [batch, ...more] = all(files);
  assert.ok(batch && more.length === 0);
  const [first] = batch.folders.split('\0');
  const unread = outcomes(batch, IDENTIFIED);
  unread[0] = UNREADABLE;
  assert.equal(batch.folderOf[0], 0);
  assert.ok(first);
  assert.equal(files.done(batch.number, unread).length, 1);
});
