import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { WatchBench } from '../src/testing/watch-bench.ts';

const FILES = 1_200;

/** A location whose one folder lost its name to a file, seen by a scan that did not settle; and another location. */
async function unsettled(t: TestContext) {
  const folder = temporaryFolder(t);
  for (const path of ['data', 'photos/all', 'other']) mkdirSync(`${folder}/${path}`, { recursive: true });
  for (let file = 0; file < FILES; file++) writeFileSync(`${folder}/photos/all/${file}`, '');
  const bench = new WatchBench(`${folder}/data`);
  t.after(() => bench.close());
  const [photos, other] = [await bench.add(`${folder}/photos`), await bench.add(`${folder}/other`)];
  rmSync(`${folder}/photos/all`, { recursive: true });
  writeFileSync(`${folder}/photos/all`, 'a file now');
  await bench.scans.scan(photos, { leaveMissing: true });
  const count = (table: string): number =>
    bench.scans.library.db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  const all = 1 + 1 + 1 + 1 + FILES;
  assert.deepEqual([count('entries'), count('displaced')], [all, 1]);
  return { folder, bench, photos, other, count, all };
}

test('what lost its name in a location that is away now stays, whatever else is scanned or changes', async (t) => {
  const { folder, bench, photos, other, count, all } = await unsettled(t);
  renameSync(`${folder}/photos`, `${folder}/aside`);
  const { removed } = await bench.scans.scan(other);
  assert.deepEqual([removed, count('entries'), count('displaced')], [0, all, 1]);
  bench.start();
  await bench.settled();
  writeFileSync(`${folder}/other/new`, '');
  await bench.settled();
  assert.ok(bench.picture(other).entries.has('new'));
  assert.deepEqual([count('entries'), count('displaced')], [all + 1, 1]);
  await bench.stop();

  renameSync(`${folder}/aside`, `${folder}/photos`);
  const { held } = await bench.scans.scan(photos);
  assert.deepEqual([held, count('displaced')], [FILES + 1, 1], 'its own scan asks');
  await bench.scans.scan(photos, { accept: bench.scans.attention(photos) });
  assert.deepEqual([count('entries'), count('displaced')], [4, 0]);
});

test('a location that is removed takes along what lost its name in it', async (t) => {
  const { bench, photos, count } = await unsettled(t);
  await bench.scans.remove(photos);
  assert.deepEqual([count('entries'), count('displaced')], [1, 0]);
  assert.deepEqual(bench.scans.problems(), []);
});

test('what lost its name and lies elsewhere keeps its identity', async (t) => {
  const { folder, bench, photos, other, count } = await unsettled(t);
  mkdirSync(`${folder}/photos/name`);
  await bench.scans.scan(photos, { leaveMissing: true });
  const id = bench.picture(photos).ids.get('name');
  renameSync(`${folder}/photos/name`, `${folder}/other/name`);
  writeFileSync(`${folder}/photos/name`, '');
  await bench.scans.scan(photos, { leaveMissing: true });
  assert.equal(count('displaced'), 2);
  await bench.scans.scan(other);
  assert.equal(bench.picture(other).ids.get('name'), id);
  assert.equal(count('displaced'), 1);
});
