import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { FailingDisk } from '../src/testing/failing-disk.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

/** More than two batches hold. */
const MANY = 5_000;

function place(t: TestContext, name: string, onList: (path: string) => void = () => {}) {
  const folder = temporaryFolder(t);
  const tree = `${folder}/${name}`;
  const disk = new FailingDisk();
  mkdirSync(tree);
  mkdirSync(`${folder}/data`);
  const bench = new ScanBench(`${folder}/data`, {
    ports: disk.ports,
    files: ({ files }) => ({
      ...files,
      listFolder: (path, into, skip) => {
        files.listFolder(path, into, skip);
        onList(path);
      },
    }),
  });
  t.after(() => bench.close());
  const paths = (location: string): string[] =>
    [...indexPicture(bench.library.db, bench.location(location).root_entry_id).entries.keys()].sort();
  return { tree, disk, bench, paths };
}
function fill(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < files; file++) writeFileSync(`${folder}/${file}`, '');
}

test('after a write that failed nothing that follows it is written: no folder counts as read that is not', async (t) => {
  for (let failing = 1; failing <= 4; failing++) {
    const { tree, disk, bench, paths } = place(t, `tree-${failing}`);
    fill(`${tree}/many`, MANY);
    const location = await bench.add(tree);
    disk.failAt(failing);
    await bench.attempt(location);
    disk.failAt(Infinity);
    assert.deepEqual(bench.problems(), []);
    assert.equal((await bench.scan(location)).files, MANY);
    assert.equal(paths(location).length, MANY + 2, `cut at write ${failing}`);
  }
});

test('a folder that was half written, and is again as it was before, is not taken for unchanged', async (t) => {
  const { tree, disk, bench, paths } = place(t, 'tree');
  fill(`${tree}/many`, 3);
  const location = await bench.add(tree);
  await bench.scan(location);
  const before = paths(location);
  for (let failing = 2; failing <= 4; failing++) {
    for (let file = 3; file < MANY; file++) writeFileSync(`${tree}/many/${file}`, '');
    disk.failAt(failing);
    await bench.attempt(location);
    disk.failAt(Infinity);
    for (let file = 3; file < MANY; file++) rmSync(`${tree}/many/${file}`);
    // So much of a location goes with leave only.
    if ((await bench.scan(location)).held) await bench.scan(location, { accept: bench.attention(location) });
    assert.deepEqual(paths(location), before, `cut at write ${failing}`);
  }
});

test('a folder moved behind the scan, and moved back after it, is found again', async (t) => {
  let onList = (_: string): void => {};
  const { tree, bench, paths } = place(t, 'tree', (path) => onList(path));
  for (const folder of ['x', 'y']) fill(`${tree}/${folder}`, 2);
  // So that, in the end, all looks as it did when the folder above was listed.
  const setBack = (): void => ['x', 'y'].forEach((folder) => utimesSync(`${tree}/${folder}`, 1_000_000, 1_000_000));
  const location = await bench.add(tree);
  await bench.scan(location);
  const before = paths(location);
  setBack();
  writeFileSync(`${tree}/new`, '');
  onList = (path) => {
    if (path !== tree) return;
    onList = () => {};
    renameSync(`${tree}/x`, `${tree}/y/x`);
  };
  await bench.scan(location);
  assert.ok(paths(location).includes('y/x/0'));
  renameSync(`${tree}/y/x`, `${tree}/x`);
  setBack();
  await bench.scan(location);
  assert.deepEqual(paths(location), [...before, 'new'].sort());
  assert.deepEqual(bench.problems(), []);
});
