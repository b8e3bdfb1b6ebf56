import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { LocationMode, LocationRules } from '../src/domain/location.ts';
import { FollowBench } from '../src/testing/follow-bench.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

/** Two scanned locations, a folder outside of them, and actions that the index follows. */
async function world(t: TestContext, mode: LocationMode = 'content', rules: Partial<LocationRules> = {}) {
  const place = temporaryFolder(t);
  for (const path of ['data', 'a/sub/deep', 'b', 'outside']) mkdirSync(`${place}/${path}`, { recursive: true });
  for (const path of ['a/one.txt', 'a/sub/two.txt', 'a/sub/deep/three.txt', 'outside/loose.txt'])
    writeFileSync(`${place}/${path}`, path);
  const scans = new ScanBench(`${place}/data`);
  t.after(() => scans.close());
  const [a, b] = [await scans.add(`${place}/a`, mode, rules), await scans.add(`${place}/b`, mode, rules)];
  await scans.scan(a);
  await scans.scan(b);
  const bench = new FollowBench(scans.platform, scans.library, `${place}/can`);
  t.after(() => bench.close());
  const picture = (location: string) => indexPicture(scans.library.db, scans.location(location).root_entry_id);
  const revision = (): number =>
    scans.library.db.prepare<{ n: number }>('SELECT revision AS n FROM write_state').get()?.n ?? 0;
  return {
    place,
    scans,
    bench,
    a,
    b,
    picture,
    id: (location: string, path: string) => picture(location).ids.get(path),
    revision,
    /** The index is what a first scan would find, and neither a pass nor a scan has anything to add. */
    async isTrue() {
      bench.finish();
      const before = revision();
      bench.finish();
      assert.equal(revision(), before, 'looking once more finds nothing');
      for (const [location, root] of [
        [a, `${place}/a`],
        [b, `${place}/b`],
      ] as const) {
        const { entries } = picture(location);
        assert.deepEqual(entries, await freshPicture(place, root, mode, rules));
        const { added, modified, moved, removed } = await scans.scan(location);
        assert.deepEqual([added, modified, moved, removed], [0, 0, 0, 0]);
      }
      assert.deepEqual(scans.problems(), []);
    },
  };
}

test('what is made is in the index in the same moment, and a copy is what its source is', async (t) => {
  const { place, bench, picture, a, isTrue } = await world(t);
  bench.folder(`${place}/a/new`);
  bench.file(`${place}/a/new/file`);
  bench.copy(`${place}/a/sub`, `${place}/a/copy of sub`);
  bench.follow();
  const { entries } = picture(a);
  assert.equal(entries.get('copy of sub/deep/three.txt')?.content, entries.get('sub/deep/three.txt')?.content);
  assert.ok(entries.get('copy of sub/two.txt')?.named);
  assert.deepEqual([entries.get('')?.files, entries.get('copy of sub')?.stale], [6, 0]);
  await isTrue();
});

test('what is renamed or moved is the same entry, a folder with all below it', async (t) => {
  const { place, bench, id, a, b, isTrue } = await world(t);
  const [one, sub, three] = [id(a, 'one.txt'), id(a, 'sub'), id(a, 'sub/deep/three.txt')];
  bench.move(`${place}/a/one.txt`, `${place}/a/sub/uno.txt`);
  bench.follow();
  assert.equal(id(a, 'sub/uno.txt'), one);
  bench.move(`${place}/a/sub`, `${place}/b/other`);
  bench.follow();
  assert.deepEqual([id(b, 'other'), id(b, 'other/deep/three.txt'), id(b, 'other/uno.txt')], [sub, three, one]);
  await isTrue();
});

test('a folder that is moved piece by piece ends up as the folder it was', async (t) => {
  const { place, bench, picture, id, a, b, isTrue } = await world(t);
  const before = picture(a);
  bench.moveByPieces(`${place}/a/sub`, `${place}/b/sub`);
  bench.follow();
  for (const path of ['sub', 'sub/deep', 'sub/two.txt', 'sub/deep/three.txt']) {
    assert.equal(id(b, path), before.ids.get(path), path);
    assert.equal(picture(b).entries.get(path)?.content, before.entries.get(path)?.content, path);
  }
  await isTrue();
});

test('a file that nobody told of is not taken for what lay there, or was in it, before', async (t) => {
  const { place, bench, picture, a, b, isTrue } = await world(t);
  // As long as the other one, and of the same moment.
  const [source, edited] = [`${place}/a/one.txt`, `${place}/a/sub/two.txt`];
  rmSync(source);
  writeFileSync(`${place}/outside/new.txt`, 'A/ONE.TXT');
  bench.copy(`${place}/outside/new.txt`, source);
  writeFileSync(edited, 'A/SUB/TWO.TXT');
  bench.moveByPieces(edited, `${place}/b/two.txt`);
  bench.follow();
  assert.deepEqual(
    [picture(a).entries.get('one.txt')?.content, picture(b).entries.get('two.txt')?.content],
    [null, null],
  );
  await isTrue();
});

test('what is in the trash is nowhere in the index, and comes back as what it was', async (t) => {
  const { place, scans, bench, picture, id, a, isTrue } = await world(t);
  const before = picture(a);
  const [file, folder] = [bench.trash(`${place}/a/one.txt`), bench.trash(`${place}/a/sub`)];
  bench.follow();
  assert.deepEqual([...picture(a).entries.keys()], ['']);
  const rows = scans.library.db.prepare<{ n: number }>('SELECT count(*) AS n FROM entries').get()?.n;
  assert.equal(rows, 2, 'the roots alone');
  await isTrue();
  bench.restore(folder, `${place}/a/sub`);
  bench.restore(file, `${place}/b/elsewhere.txt`);
  bench.follow();
  for (const path of ['sub', 'sub/deep', 'sub/two.txt', 'sub/deep/three.txt'])
    assert.equal(id(a, path), before.ids.get(path), path);
  assert.equal(picture(a).entries.get('sub')?.files, 2);
  await isTrue();
});

test('what leaves all locations and comes back is the same', async (t) => {
  const { place, bench, id, a, b, isTrue } = await world(t);
  const [sub, two, three] = [id(a, 'sub'), id(a, 'sub/two.txt'), id(a, 'sub/deep/three.txt')];
  bench.move(`${place}/a/sub`, `${place}/outside/sub`);
  bench.follow();
  bench.move(`${place}/outside/sub/two.txt`, `${place}/b/two.txt`);
  bench.follow();
  assert.equal(id(b, 'two.txt'), two);
  bench.move(`${place}/outside/sub`, `${place}/outside/bus`);
  bench.follow();
  bench.moveByPieces(`${place}/outside/bus`, `${place}/b/back`);
  bench.follow();
  assert.deepEqual([id(b, 'back'), id(b, 'back/deep/three.txt')], [sub, three]);
  await isTrue();
});

test('what is removed leaves, and times that are set are known', async (t) => {
  const { place, bench, picture, a, isTrue } = await world(t);
  bench.remove(`${place}/a/sub`);
  bench.touch(`${place}/a/one.txt`, 1_600_000_000_000);
  bench.follow();
  assert.deepEqual([...picture(a).entries.keys()].toSorted(), ['', 'one.txt']);
  await isTrue();
});

test('what the index did not hear of is found by the next scan, as what it was', async (t) => {
  const { place, scans, bench, id, a, b, isTrue } = await world(t);
  const [sub, three, one] = [id(a, 'sub'), id(a, 'sub/deep/three.txt'), id(a, 'one.txt')];
  bench.move(`${place}/a/sub`, `${place}/a/bus`);
  bench.move(`${place}/a/one.txt`, `${place}/a/uno.txt`);
  bench.file(`${place}/b/new.txt`);
  bench.forget();
  for (const location of [a, b]) await scans.scan(location);
  assert.deepEqual([id(a, 'bus'), id(a, 'bus/deep/three.txt'), id(a, 'uno.txt')], [sub, three, one]);
  await isTrue();
});

test('what the index heard of before is heard of again after a crash, and changes nothing', async (t) => {
  const { place, bench, picture, a, b, isTrue } = await world(t);
  bench.folder(`${place}/b/new`);
  bench.file(`${place}/b/new/file.txt`);
  bench.move(`${place}/a/one.txt`, `${place}/b/uno.txt`);
  bench.move(`${place}/a/sub`, `${place}/b/new/sub`);
  const trashed = bench.trash(`${place}/b/new/sub/two.txt`);
  bench.follow();
  const first = [picture(a), picture(b)];
  bench.again();
  bench.follow();
  assert.deepEqual([picture(a), picture(b)], first);
  bench.restore(trashed, `${place}/b/two.txt`);
  bench.follow();
  const before = [picture(a), picture(b)];
  bench.again();
  bench.follow();
  assert.deepEqual([picture(a), picture(b)], before);
  await isTrue();
});

test('a folder with much below it goes to the trash and comes back in parts', async (t) => {
  const { place, scans, bench, picture, a, b, isTrue } = await world(t);
  for (let folder = 0; folder < 50; folder++) {
    mkdirSync(`${place}/a/sub/${folder}`);
    for (let file = 0; file < 100; file++) writeFileSync(`${place}/a/sub/${folder}/${file}`, '');
  }
  await scans.scan(a);
  const before = picture(a).ids;
  const trashed = bench.trash(`${place}/a/sub`);
  bench.follow();
  assert.deepEqual([...picture(a).entries.keys()].toSorted(), ['', 'one.txt']);
  assert.equal(scans.library.db.prepare<{ n: number }>('SELECT count(*) AS n FROM entries').get()?.n, 3);
  bench.restore(trashed, `${place}/b/sub`);
  bench.follow();
  for (const [path, id] of picture(b).ids) if (path !== '') assert.equal(id, before.get(path), path);
  assert.equal(picture(b).entries.get('sub')?.files, 5_002);
  await isTrue();
});

test('a location in a folder that is moved goes with it', async (t) => {
  const { place, scans, bench, picture, a, isTrue } = await world(t);
  mkdirSync(`${place}/outside/above`);
  const ids = picture(a).ids;
  bench.move(`${place}/a`, `${place}/outside/above/c`);
  bench.follow();
  assert.equal(String(scans.location(a).path), `${place}/outside/above/c`);
  assert.deepEqual(picture(a).ids, ids);
  await scans.scan(a);
  assert.deepEqual(picture(a).ids, ids);
  bench.move(`${place}/outside/above/c`, `${place}/a`);
  bench.follow();
  await isTrue();
});
