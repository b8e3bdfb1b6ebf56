import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { FollowBench } from '../src/testing/follow-bench.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { WatchBench } from '../src/testing/watch-bench.ts';

/** Two watched locations and actions that the index follows. */
async function world(t: TestContext) {
  const place = temporaryFolder(t);
  for (const path of ['data', 'a/sub/deep', 'b', 'outside']) mkdirSync(`${place}/${path}`, { recursive: true });
  for (const path of ['a/one.txt', 'a/sub/two.txt', 'a/sub/deep/three.txt']) writeFileSync(`${place}/${path}`, path);
  const watch = new WatchBench(`${place}/data`);
  t.after(() => watch.close());
  const [a, b] = [await watch.add(`${place}/a`), await watch.add(`${place}/b`)];
  const bench = new FollowBench(watch.scans.platform, watch.scans.library, `${place}/can`);
  t.after(() => bench.close());
  watch.start();
  await watch.settled();
  const { db } = watch.scans.library;
  /** So many rows and tombstones were written since the last time this was asked. */
  let seen = -1;
  const written = (): number => {
    const now = db.prepare<{ n: number }>('SELECT revision AS n FROM write_state').get()?.n ?? 0;
    const rows = db
      .prepare<{ n: number }>(
        'SELECT (SELECT count(*) FROM entries WHERE revision > ?) + (SELECT count(*) FROM tombstones WHERE revision > ?) AS n',
      )
      .get(seen, seen)?.n;
    seen = now;
    return rows ?? 0;
  };
  return { place, watch, bench, a, b, written };
}

test('the watcher finds nothing of what was followed', async (t) => {
  const { place, watch, bench, a, b, written } = await world(t);
  const trashed = (() => {
    bench.folder(`${place}/a/new`);
    for (let file = 0; file < 50; file++) bench.file(`${place}/a/new/${file}`);
    bench.copy(`${place}/a/sub`, `${place}/b/copy`);
    bench.move(`${place}/a/sub`, `${place}/a/bus`);
    bench.move(`${place}/a/one.txt`, `${place}/b/uno.txt`);
    bench.touch(`${place}/a/bus/two.txt`, 1_600_000_000_000);
    bench.remove(`${place}/a/new/7`);
    return bench.trash(`${place}/a/bus/deep`);
  })();
  bench.follow();
  written();
  await watch.settled();
  assert.equal(written(), 0);
  bench.restore(trashed, `${place}/b/deep`);
  bench.follow();
  written();
  await watch.settled();
  assert.equal(written(), 0);
  assert.deepEqual(watch.warnings, []);
  assert.deepEqual([watch.picture(a).entries.size, watch.picture(b).entries.size], [53, 8]);
});

test('what is moved to another location, back from the trash, or piece by piece, is watched there', async (t) => {
  const { place, watch, bench, a, b } = await world(t);
  bench.move(`${place}/a/sub`, `${place}/b/sub`);
  bench.follow();
  await watch.settled();
  // The watches are the other location's now: they do not end with the first one.
  await watch.scans.remove(a);
  watch.look();
  await watch.settled();
  const appears = async (path: string): Promise<void> => {
    writeFileSync(`${place}/${path}`, '');
    await watch.settled();
    assert.ok(watch.picture(b).entries.has(path.slice(2)), path);
  };
  await appears('b/sub/deep/new');
  const trashed = bench.trash(`${place}/b/sub`);
  bench.follow();
  await watch.settled();
  assert.deepEqual(watch.watch(b)?.watched, 1, 'nothing in the trash is watched');
  bench.restore(trashed, `${place}/b/back`);
  bench.follow();
  await watch.settled();
  await appears('b/back/deep/newer');
  bench.moveByPieces(`${place}/b/back`, `${place}/b/pieces`);
  bench.follow();
  await watch.settled();
  await appears('b/pieces/deep/newest');
  assert.deepEqual([watch.watch(b)?.watched, watch.watch(b)?.state], [3, 'live']);
});

test('what actions take away does not set off the brake, and is counted once', async (t) => {
  const { place, watch, bench, a } = await world(t);
  bench.folder(`${place}/a/many`);
  for (let file = 0; file < 2_000; file++) bench.file(`${place}/a/many/${file}`, '');
  bench.follow();
  await watch.settled();
  const { report } = bench.follower;
  assert.deepEqual(
    report.call(bench.follower).locations.map(({ changes }) => changes),
    [{ added: 2_001, modified: 0, moved: 0, removed: 0 }],
  );
  bench.remove(`${place}/a/many`);
  bench.follow();
  await watch.settled();
  assert.equal(watch.scans.location(a).attention, null);
  assert.equal(watch.picture(a).entries.size, 6);
  assert.deepEqual(
    report.call(bench.follower).locations.map(({ changes }) => changes),
    [{ added: 0, modified: 0, moved: 0, removed: 2_001 }],
  );
});
