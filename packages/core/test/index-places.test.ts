import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { ScanBench, type ScanBenchOptions } from '../src/testing/scan-bench.ts';
import { indexPicture } from '../src/testing/index-picture.ts';

type Undo = (() => void | Promise<void>)[];

/** A folder `a` with `a/one` and `a/deep/two`, beside a file `three`. */
function place(t: TestContext, options: ScanBenchOptions = {}) {
  const folder = mkdtempSync(`${tmpdir()}/sd-places-`);
  const undo: Undo = [() => rmSync(folder, { recursive: true })];
  t.after(async () => {
    for (const step of undo.reverse()) await step();
  });
  const [data, tree] = [`${folder}/data`, `${folder}/tree`];
  mkdirSync(data);
  mkdirSync(`${tree}/a/deep`, { recursive: true });
  for (const path of ['a/one', 'a/deep/two', 'three']) writeFileSync(`${tree}/${path}`, path);
  const bench = new ScanBench(data, options);
  undo.push(() => bench.close());
  const paths = (location: string): string[] =>
    [...indexPicture(bench.library.db, bench.location(location).root_entry_id).entries.keys()].sort();
  return { folder, tree, bench, paths, undo };
}
const ALL = ['', 'a', 'a/deep', 'a/deep/two', 'a/one', 'three'];

/** Mounts an empty file system; skips the test where that is not allowed. */
function mount(t: TestContext, path: string, undo: Undo): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    t.skip('this user may not mount a file system');
    return undefined;
  }
  let mounted = true;
  const unmount = (): void => {
    if (mounted) execFileSync('umount', ['-l', path]);
    mounted = false;
  };
  undo.push(unmount);
  return unmount;
}
const code = (outcome: Awaited<ReturnType<ScanBench['attempt']>>): string =>
  'error' in outcome ? outcome.error.code : 'none';

test('a location whose root is not there is offline, and nothing of it is forgotten', async (t) => {
  const { folder, tree, bench, paths } = place(t);
  const location = await bench.add(tree, 'content');
  await bench.scan(location);
  renameSync(tree, `${folder}/elsewhere`);
  assert.equal(code(await bench.attempt(location)), 'OFFLINE');
  writeFileSync(tree, 'a file in its place');
  assert.equal(code(await bench.attempt(location, { full: true })), 'OFFLINE');
  assert.deepEqual(paths(location), ALL);
  rmSync(tree);
  renameSync(`${folder}/elsewhere`, tree);
  const result = await bench.scan(location);
  assert.deepEqual([result.unchanged, result.added, result.removed], [5, 0, 0]);
});

test('an empty mount point in place of the root is an offline location, also before the first scan was whole', async (t) => {
  const { tree, bench, paths, undo } = place(t);
  const [whole, cut] = [await bench.add(tree), await bench.add(tree)];
  await bench.scan(whole);
  const stop = new AbortController();
  await bench.attempt(cut, { signal: stop.signal, progress: (report) => report.phase === 'cleanup' && stop.abort() });
  const unmount = mount(t, tree, undo);
  if (!unmount) return;
  for (const location of [whole, cut]) {
    assert.equal(code(await bench.attempt(location)), 'OFFLINE');
    assert.deepEqual(paths(location), ALL);
  }
  unmount();
  assert.equal((await bench.scan(whole)).unchanged, 5);
});

test('a root that goes away while it is scanned is no deletion', async (t) => {
  const { tree, folder, bench, paths } = place(t);
  const location = await bench.add(tree);
  await bench.scan(location);
  const outcome = await bench.attempt(location, {
    progress: (report) => {
      if (report.phase === 'discover' && existsSync(tree)) renameSync(tree, `${folder}/elsewhere`);
    },
  });
  assert.equal(code(outcome), 'OFFLINE');
  assert.deepEqual(paths(location), ALL);
});

test('a disk mounted below is left alone unless asked for', async (t) => {
  const { tree, bench, paths, undo } = place(t);
  mkdirSync(`${tree}/disk`);
  if (!mount(t, `${tree}/disk`, undo)) return;
  writeFileSync(`${tree}/disk/photo`, 'photo');
  const location = await bench.add(tree);
  await bench.scan(location);
  assert.deepEqual(paths(location), [...ALL.slice(0, 5), 'disk', 'three']);
  await bench.change(location, { rules: { cross_mounts: true } });
  await bench.scan(location);
  assert.ok(paths(location).includes('disk/photo'));
  await bench.change(location, { rules: { cross_mounts: false } });
  await bench.scan(location);
  assert.ok(!paths(location).includes('disk/photo'), 'what the rules leave out leaves the index');
});

test('what is known of a disk mounted below stays while the disk is away, with or without its mount point', async (t) => {
  const { tree, bench, paths, undo } = place(t);
  const location = await bench.add(tree, 'shallow', { cross_mounts: true });
  mkdirSync(`${tree}/disk`);
  const unmount = mount(t, `${tree}/disk`, undo);
  if (!unmount) return;
  writeFileSync(`${tree}/disk/photo`, 'photo');
  await bench.scan(location);
  const known = [...ALL.slice(0, 5), 'disk', 'disk/photo', 'three'];
  assert.deepEqual(paths(location), known);
  unmount();
  for (const full of [false, true, false]) {
    const away = await bench.scan(location, { full });
    assert.deepEqual([away.removed, away.unreadable], [0, 1]);
    assert.match(away.problems[0]?.reason ?? '', /away/);
    assert.deepEqual(paths(location), known);
    const { bytes } = indexPicture(bench.library.db, bench.location(location).root_entry_id).entries.get('') ?? {};
    assert.equal(bytes, 5 + 10 + 5 + 5, 'what is away still counts');
  }
  rmdirSync(`${tree}/disk`);
  assert.equal((await bench.scan(location)).removed, 0);
  assert.deepEqual(paths(location), known);
  await bench.change(location, { rules: { cross_mounts: true, exclude: ['disk'] } });
  assert.equal((await bench.scan(location)).removed, 2, 'what is asked to be left out goes');
});

test('what a mount point holds itself does not stand for the disk that is away, until a full scan says so', async (t) => {
  const { tree, bench, paths, undo } = place(t);
  const location = await bench.add(tree, 'shallow', { cross_mounts: true });
  mkdirSync(`${tree}/disk`);
  writeFileSync(`${tree}/disk/.keep`, '');
  const unmount = mount(t, `${tree}/disk`, undo);
  if (!unmount) return;
  writeFileSync(`${tree}/disk/photo`, 'photo');
  await bench.scan(location);
  const known = paths(location);
  assert.ok(known.includes('disk/photo'));
  unmount();
  const away = await bench.scan(location);
  assert.deepEqual([away.removed, away.unreadable], [0, 1]);
  assert.deepEqual(paths(location), known);
  await bench.scan(location, { full: true });
  assert.deepEqual(paths(location), [...ALL.slice(0, 5), 'disk', 'disk/.keep', 'three']);
});

test('an ordinary folder that was emptied is empty, also where mounts are crossed', async (t) => {
  const { tree, bench, paths } = place(t);
  const location = await bench.add(tree, 'shallow', { cross_mounts: true });
  await bench.scan(location);
  rmSync(`${tree}/a`, { recursive: true });
  mkdirSync(`${tree}/a`);
  await bench.scan(location);
  assert.deepEqual(paths(location), ['', 'a', 'three']);
});

test('what must not be read stays as it was known, is reported each time, and is taken up once it may be read', async (t) => {
  const { folder, tree, bench, paths } = place(t, { real: true });
  if (process.getuid?.() !== 0) return t.skip('only root can become somebody else');
  const somebody = 65_534;
  for (const path of [
    folder,
    `${folder}/data`,
    ...readdirSync(`${folder}/data`).map((name) => `${folder}/data/${name}`),
  ])
    chownSync(path, somebody, somebody);
  const location = await bench.add(tree, 'content');
  chmodSync(`${tree}/three`, 0);
  process.seteuid?.(somebody);
  try {
    const first = await bench.scan(location);
    assert.deepEqual(
      [first.unreadable, first.identified],
      [1, 2],
      'a file that cannot be read is in the index, without a content',
    );
    process.seteuid?.(0);
    chmodSync(`${tree}/a`, 0);
    process.seteuid?.(somebody);
    const second = await bench.scan(location, { full: true });
    assert.equal(second.unreadable, 2);
    assert.deepEqual(second.problems.map(({ path }) => path.slice(tree.length)).sort(), ['/a', '/three']);
    assert.deepEqual(paths(location), ALL);
  } finally {
    process.seteuid?.(0);
    chmodSync(`${tree}/a`, 0o755);
    chmodSync(`${tree}/three`, 0o644);
  }
  const third = await bench.scan(location);
  assert.deepEqual([third.unreadable, third.identified], [0, 1]);
  assert.deepEqual(bench.problems(), []);
});

test('a removed location shows nowhere and leaves no row, whether its sweep ran or the next scan found it left over', async (t) => {
  const { folder, tree, bench } = place(t);
  mkdirSync(`${folder}/other`);
  writeFileSync(`${folder}/other/x`, 'x');
  const other = await bench.add(`${folder}/other`, 'content');
  await bench.scan(other);
  const rows = (): number[] =>
    ['entries', 'folders', 'full_hashes'].map(
      (table) => bench.library.db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1,
    );
  const before = rows();
  for (const sweep of [true, false]) {
    const location = await bench.add(tree, 'content');
    await bench.scan(location);
    await bench.remove(location, sweep);
    assert.deepEqual(bench.problems(), []);
    if (!sweep) await bench.scan(other);
    assert.deepEqual(rows(), before);
  }
});
