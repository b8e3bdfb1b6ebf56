import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { MAIN_THREAD, WriteLock } from '../../db/write-lock.ts';
import { NO_INODE } from '../../domain/same-inode.ts';
import { FollowBench } from '../../testing/follow-bench.ts';
import { temporaryFolder } from '../../testing/open-test-core.ts';
import { ScanBench } from '../../testing/scan-bench.ts';
import { LibraryWriter } from '../library-writer.ts';
import { findGone, forgetGone } from './sweep-kept.ts';

const DAY = 24 * 60 * 60_000;

async function world(t: TestContext) {
  const place = temporaryFolder(t);
  for (const path of ['data', 'a/sub/deep', 'out']) mkdirSync(`${place}/${path}`, { recursive: true });
  for (const path of ['a/one.txt', 'a/sub/two.txt', 'a/sub/deep/three.txt']) writeFileSync(`${place}/${path}`, path);
  const scans = new ScanBench(`${place}/data`);
  t.after(() => scans.close());
  await scans.scan(await scans.add(`${place}/a`, 'content'));
  const bench = new FollowBench(scans.platform, scans.library, `${place}/can`);
  const { library, platform } = scans;
  const writer = new LibraryWriter(
    platform,
    library.access,
    new WriteLock(MAIN_THREAD, library.access.lock).newOwner(),
  );
  t.after(() => {
    writer.close();
    bench.close();
  });
  const count = (table: string): number =>
    library.db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  return {
    place,
    bench,
    sweep(days = 0, stopped = () => false) {
      const parts = { writer, files: platform.files, now: Date.now() + days * DAY, stopped };
      findGone(parts);
      return forgetGone(parts);
    },
    /** Rows of `kept`, `kept_entries` and `trashed`. */
    counts: () => [count('kept'), count('kept_entries'), count('trashed')],
  };
}

test('what is in the trash is kept for as long as it is there', async (t) => {
  const { place, bench, sweep, counts } = await world(t);
  const [sub, one] = [bench.trash(`${place}/a/sub`), bench.trash(`${place}/a/one.txt`)];
  writeFileSync(`${place}/out/loose`, '');
  const loose = bench.trash(`${place}/out/loose`);
  bench.follow();
  assert.deepEqual([sweep(10_000).entries, counts()], [0, [2, 5, 3]]);
  // Somebody else empties it, and puts another thing under the same name.
  rmSync(bench.placeOf(sub), { recursive: true });
  rmSync(bench.placeOf(loose));
  renameSync(bench.placeOf(one), `${place}/out/one`);
  writeFileSync(bench.placeOf(one), 'another');
  assert.deepEqual([sweep().entries, counts()], [5, [0, 0, 0]]);
});

test('where files do not keep their numbers, what is in the trash is kept while its name is there', async (t) => {
  const { place, bench, sweep, counts } = await world(t);
  const sub = bench.trash(`${place}/a/sub`, { inode: NO_INODE });
  bench.follow();
  assert.deepEqual([sweep(10_000).entries, counts()], [0, [1, 4, 1]]);
  rmSync(bench.placeOf(sub), { recursive: true });
  assert.deepEqual([sweep().entries, counts()], [4, [0, 0, 0]]);
});

test('what lies on a disk that is away is kept', async (t) => {
  const { place, bench, sweep, counts } = await world(t);
  bench.trash(`${place}/a/sub`);
  bench.follow();
  renameSync(`${place}/can`, `${place}/away`);
  assert.deepEqual([sweep().entries, counts()], [0, [1, 4, 1]]);
  // Another disk in its place.
  mkdirSync(`${place}/can`);
  assert.deepEqual([sweep().entries, counts()], [0, [1, 4, 1]]);
  rmSync(`${place}/can`, { recursive: true });
  renameSync(`${place}/away`, `${place}/can`);
  assert.deepEqual([sweep().entries, counts()], [0, [1, 4, 1]]);
});

test('what was moved out of all locations is kept for ninety days', async (t) => {
  const { place, bench, sweep, counts } = await world(t);
  bench.move(`${place}/a/sub`, `${place}/out/sub`);
  bench.follow();
  assert.deepEqual([sweep(89).entries, counts()], [0, [1, 4, 0]]);
  assert.deepEqual([sweep(91).entries, counts()], [4, [0, 0, 0]]);
});

test('what is purged goes with all that is below it, also where the sweep is stopped', async (t) => {
  const { place, bench, sweep, counts } = await world(t);
  const sub = bench.trash(`${place}/a/sub`);
  bench.follow();
  bench.remove(bench.placeOf(sub));
  bench.follow();
  const stops = sweep(0, () => true);
  assert.deepEqual([stops, counts()[2]], [{ entries: 0, finished: false }, 0]);
  sweep();
  assert.deepEqual(counts(), [0, 0, 0]);
});
