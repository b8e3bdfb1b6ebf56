import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { WatchBench, type WatchBenchOptions } from '../src/testing/watch-bench.ts';

function bench(t: TestContext, options: WatchBenchOptions = {}): { folder: string; bench: WatchBench } {
  const folder = temporaryFolder(t);
  mkdirSync(`${folder}/data`);
  mkdirSync(`${folder}/place/inner`, { recursive: true });
  writeFileSync(`${folder}/place/inner/one.txt`, 'one');
  const opened = new WatchBench(`${folder}/data`, options);
  t.after(() => opened.close());
  return { folder, bench: opened };
}

test('what happened while nobody watched is caught up with, and what moved between locations is the same', async (t) => {
  const { folder, bench: first } = bench(t);
  writeFileSync(`${folder}/place/inner/stays.txt`, 'stays');
  mkdirSync(`${folder}/other`);
  const [a, b] = [await first.add(`${folder}/place`, 'content'), await first.add(`${folder}/other`, 'content')];
  const one = first.picture(a).ids.get('inner/one.txt');
  const inner = first.picture(a).ids.get('inner');
  renameSync(`${folder}/place/inner/one.txt`, `${folder}/other/one elsewhere.txt`);
  writeFileSync(`${folder}/place/inner/later.txt`, 'later');
  renameSync(`${folder}/place/inner`, `${folder}/other/inner`);
  first.start();
  await first.settled();
  assert.deepEqual(first.asked.toSorted(), [`locations.index ${a}`, `locations.index ${b}`].toSorted());
  assert.deepEqual(first.picture(a).entries, await freshPicture(folder, `${folder}/place`, 'content'));
  assert.deepEqual(first.picture(b).entries, await freshPicture(folder, `${folder}/other`, 'content'));
  assert.equal(first.picture(b).ids.get('one elsewhere.txt'), one);
  assert.equal(first.picture(b).ids.get('inner'), inner);
  assert.deepEqual(first.scans.problems(), []);
  assert.deepEqual([first.scans.location(a).unsettled_from, first.scans.location(b).unsettled_from], [null, null]);
});

test('a location whose folder goes away is offline, loses nothing, and is caught up with when it is back', async (t) => {
  const { folder, bench: opened } = bench(t);
  const location = await opened.add(`${folder}/place`);
  opened.start();
  await opened.settled();
  const before = opened.picture(location);
  assert.equal(opened.watch(location)?.state, 'live');
  renameSync(`${folder}/place`, `${folder}/aside`);
  opened.look();
  await opened.settled();
  assert.deepEqual(opened.picture(location), before);
  assert.equal(opened.watch(location), undefined);
  writeFileSync(`${folder}/aside/inner/two.txt`, 'two');
  renameSync(`${folder}/aside`, `${folder}/place`);
  opened.look();
  await opened.settled();
  assert.deepEqual(opened.picture(location).entries, await freshPicture(folder, `${folder}/place`, 'shallow'));
  assert.equal(opened.watch(location)?.state, 'live');
});

test('an unmounted disk below a watched location is no deletion', async (t) => {
  const { folder, bench: opened } = bench(t);
  mkdirSync(`${folder}/mount`);
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'sd-test', `${folder}/mount`], { stdio: 'ignore' });
  } catch {
    return t.skip('this user may not mount');
  }
  const unmount = (): void => void execFileSync('umount', [`${folder}/mount`], { stdio: 'ignore' });
  let mounted = true;
  t.after(() => mounted && unmount());
  mkdirSync(`${folder}/mount/photos/2020`, { recursive: true });
  for (let at = 0; at < 50; at++) writeFileSync(`${folder}/mount/photos/2020/${at}.jpg`, String(at));
  const [location, root] = [
    await opened.add(`${folder}/mount/photos`),
    await opened.add(`${folder}/mount`).catch(() => ''),
  ];
  void root;
  opened.start();
  await opened.settled();
  const before = opened.picture(location);
  unmount();
  mounted = false;
  await opened.settled();
  opened.look();
  await opened.settled();
  assert.deepEqual(opened.picture(location), before);
  assert.equal(opened.watch(location), undefined);
});

test('a share is polled, and says why', async (t) => {
  const share = { path: '/', source: 'nas:/home', fileSystem: 'nfs4', superblock: 1, root: '/', virtual: false };
  const mount = { ...share, readOnly: false, network: true, copyOnWrite: false };
  const { folder, bench: opened } = bench(t, { mounts: async () => [mount], pollMs: 50 });
  const location = await opened.add(`${folder}/place`);
  opened.start();
  await opened.settled();
  const watch = opened.watch(location);
  assert.deepEqual([watch?.state, watch?.folders, watch?.watched, watch?.poll_ms], ['polling', 2, 0, 50]);
  assert.match(watch?.reason ?? '', /nfs4/);
  const heard = new Promise<void>((resolve) => opened.onEvent(({ resource }) => resource === 'entry' && resolve()));
  mkdirSync(`${folder}/place/inner/new`);
  writeFileSync(`${folder}/place/inner/new/file`, '');
  await heard;
  await opened.settled();
  assert.deepEqual(opened.picture(location).entries, await freshPicture(folder, `${folder}/place`, 'shallow'));
});

test('where the watches do not suffice, folders near the top are watched, and the rest is polled', async (t) => {
  const { folder, bench: opened } = bench(t, { limit: 2 });
  mkdirSync(`${folder}/place/inner/deep/deeper`, { recursive: true });
  const location = await opened.add(`${folder}/place`);
  opened.start();
  await opened.settled();
  const watch = opened.watch(location);
  assert.deepEqual([watch?.state, watch?.folders, watch?.watched], ['partial', 4, 2]);
  assert.match(watch?.reason ?? '', /2 of 4 folders/);
  rmSync(`${folder}/place/inner/deep`, { recursive: true });
  await opened.settled();
  assert.deepEqual(opened.watch(location), { state: 'live', folders: 2, watched: 2 });
});

test('excluded folders are not watched', async (t) => {
  const { folder, bench: opened } = bench(t);
  mkdirSync(`${folder}/place/node_modules/package`, { recursive: true });
  const location = await opened.add(`${folder}/place`);
  opened.start();
  await opened.settled();
  assert.equal(opened.watch(location)?.watched, 2);
});

test('events tell of folders in which something changed', async (t) => {
  const { folder, bench: opened } = bench(t);
  await opened.add(`${folder}/place`);
  opened.start();
  await opened.settled();
  opened.events.length = 0;
  writeFileSync(`${folder}/place/inner/two.txt`, 'two');
  await opened.settled();
  const told = opened.events.filter(({ resource }) => resource === 'entry');
  assert.deepEqual(
    told.map(({ change, path, data }) => ({ change, path, data })),
    [{ change: 'created', path: `${folder}/place/inner`, data: { added: 1, modified: 0, removed: 0 } }],
  );
});
