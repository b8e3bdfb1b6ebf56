import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { changesSince } from '../src/testing/changes-since.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { ScanBench, type ScanBenchOptions } from '../src/testing/scan-bench.ts';

type Undo = (() => void | Promise<void>)[];

function place(t: TestContext, options: ScanBenchOptions = {}) {
  const folder = mkdtempSync(`${tmpdir()}/sd-extremes-`);
  const undo: Undo = [() => void execFileSync('rm', ['-rf', folder])];
  t.after(async () => {
    for (const step of undo.reverse()) await step();
  });
  const [data, tree] = [`${folder}/data`, `${folder}/tree`];
  for (const path of [data, tree]) mkdirSync(path);
  const bench = new ScanBench(data, options);
  undo.push(() => bench.close());
  return { folder, data, tree, bench, undo };
}
type Place = ReturnType<typeof place>;

const pictureOf = ({ bench }: Place, location: string) =>
  indexPicture(bench.library.db, bench.location(location).root_entry_id);

/** A second scan finds nothing to do, and nothing is wrong. */
async function settled({ bench }: Place, location: string): Promise<void> {
  const again = await bench.scan(location);
  assert.deepEqual([again.added, again.modified, again.moved, again.removed, again.identified], [0, 0, 0, 0, 0]);
  assert.deepEqual(bench.problems(), []);
}

test('a tree 200 levels deep, with names whose path is longer than the system takes', async (t) => {
  const here = place(t);
  const start = process.cwd();
  t.after(() => process.chdir(start));
  for (const name of ['x', 'n'.repeat(255)]) {
    process.chdir(here.tree);
    for (let level = 0; level < 200; level++) {
      mkdirSync(name);
      process.chdir(name);
    }
    writeFileSync('bottom', 'bottom');
  }
  process.chdir(start);
  const location = await here.bench.add(here.tree, 'content');
  const result = await here.bench.scan(location);
  assert.deepEqual(
    [result.folders, result.files, result.bytes, result.identified, result.problems],
    [400, 2, 12, 2, []],
  );
  await settled(here, location);
  const top = pictureOf(here, location).entries.get('n'.repeat(255));
  assert.deepEqual([top?.bytes, top?.files, top?.folders], [6, 1, 199]);
  renameSync(`${here.tree}/${'n'.repeat(255)}`, `${here.tree}/moved`);
  assert.deepEqual([(await here.bench.scan(location)).moved], [1]);
  execFileSync('rm', ['-rf', `${here.tree}/moved`]);
  assert.equal((await here.bench.scan(location)).removed, 201);
  assert.deepEqual(here.bench.problems(), []);
});

test('100,000 files in one folder: a change, a rename of the folder, half of them gone', async (t) => {
  const here = place(t, { real: true });
  const { tree, bench } = here;
  mkdirSync(`${tree}/many`);
  for (let file = 0; file < 100_000; file++) writeFileSync(`${tree}/many/${file}`, '');
  const location = await bench.add(tree);
  assert.equal((await bench.scan(location)).added, 100_001);
  const ids = pictureOf(here, location).ids;
  writeFileSync(`${tree}/many/5`, 'five');
  assert.equal((await bench.scan(location)).modified, 1);
  renameSync(`${tree}/many`, `${tree}/other`);
  const moved = await bench.scan(location);
  assert.deepEqual([moved.moved, moved.added, moved.removed], [1, 0, 0]);
  assert.equal(pictureOf(here, location).ids.get('other/77'), ids.get('many/77'));
  for (let file = 0; file < 100_000; file += 2) rmSync(`${tree}/other/${file}`);
  assert.equal((await bench.scan(location)).removed, 50_000);
  assert.equal(pictureOf(here, location).entries.get('')?.files, 50_000);
  await settled(here, location);
});

test('sockets, pipes, devices and links are entries; a link that leads in circles is not followed', async (t) => {
  const here = place(t);
  const { tree, bench, undo } = here;
  const server = createServer().listen(`${tree}/socket`);
  undo.push(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  execFileSync('mkfifo', [`${tree}/pipe`]);
  let others = 4;
  try {
    execFileSync('mknod', [`${tree}/null`, 'c', '1', '3'], { stdio: 'ignore' });
    others++;
  } catch {
    // Only root may make a device.
  }
  symlinkSync('.', `${tree}/loop`);
  symlinkSync('nowhere', `${tree}/dangling`);
  const location = await bench.add(tree, 'content');
  const result = await bench.scan(location);
  assert.deepEqual(
    [result.files, result.folders, result.other, result.identified, result.unreadable],
    [0, 0, others, 0, 0],
  );
  const types = [...pictureOf(here, location).entries].map(([path, { type }]) => [path, type]);
  assert.ok(
    types.some(([path, type]) => path === 'loop' && type === 2) &&
      types.some(([path, type]) => path === 'pipe' && type === 3),
  );
  await settled(here, location);
});

test('times before 1970, far from now, and sizes of nothing but holes', async (t) => {
  const here = place(t);
  const { tree, bench } = here;
  for (const [name, time] of [
    ['old', '1901-12-14'],
    ['new', '2400-01-01'],
  ] as const) {
    writeFileSync(`${tree}/${name}`, name);
    execFileSync('touch', ['-d', time, `${tree}/${name}`]);
  }
  writeFileSync(`${tree}/never`, '');
  let never = true;
  try {
    execFileSync('touch', ['-d', '@99999999999999999', `${tree}/never`], { stdio: 'ignore' });
  } catch {
    never = false; // This file system holds no such time.
  }
  execFileSync('truncate', ['-s', '4T', `${tree}/holes`]);
  const location = await bench.add(tree, 'content');
  const result = await bench.scan(location);
  assert.equal(result.bytes, 4 * 2 ** 40 + 6);
  const { entries } = pictureOf(here, location);
  assert.equal(entries.get('old')?.mtime, Math.round(statSync(`${tree}/old`).mtimeMs * 1000));
  if (never && statSync(`${tree}/never`).mtimeMs > 1e16) assert.equal(entries.get('never')?.mtime, 8.64e18);
  assert.ok((entries.get('old')?.mtime ?? 0) < 0 && (entries.get('new')?.mtime ?? 0) > 2 ** 43);
  await settled(here, location);
});

test('a clock set back between scans: revisions and the clock of the log go on', async (t) => {
  let now = Date.parse('2030-01-01');
  const here = place(t, { now: () => now, ports: (platform) => ({ clock: { ...platform.clock, now: () => now } }) });
  const { tree, bench } = here;
  const location = await bench.add(tree, 'content');
  for (const day of ['2030-01-01', '2020-01-01', '2020-01-02']) {
    now = Date.parse(day);
    writeFileSync(`${tree}/${day}`, day);
    utimesSync(`${tree}/${day}`, now / 1000, now / 1000);
    assert.equal((await bench.scan(location)).identified, 1);
  }
  const log = changesSince(bench.library.db, 0, 1000);
  for (const [at, record] of log.entries()) {
    const before = log[at - 1];
    if (before) assert.ok(Buffer.compare(before.hlc, record.hlc) < 0 && before.revision < record.revision);
  }
  assert.ok(log.length >= 3);
  await settled(here, location);
});

test('a disk that is full while indexing: a clear error, a library that is whole, and a scan that goes on when there is room', async (t) => {
  const here = place(t);
  const { folder, tree, undo } = here;
  for (let at = 0; at < 60; at++) {
    mkdirSync(`${tree}/${at}`);
    for (let file = 0; file < 400; file++)
      writeFileSync(`${tree}/${at}/a name long enough to need some room ${file}`, '');
  }
  const small = `${folder}/small`;
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1600k', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    return t.skip('this user may not mount a file system');
  }
  undo.push(() => void execFileSync('umount', ['-l', small]));
  const bench = new ScanBench(small, { real: true });
  undo.push(() => bench.close());
  const location = await bench.add(tree, 'content');
  const outcome = await bench.attempt(location);
  assert.ok('error' in outcome);
  assert.equal(outcome.error.code, 'DISK_FULL');
  assert.match(outcome.error.message, /room/);
  assert.equal(readdirSync('/proc/self/task').filter(isScanThread).length, 0, 'no thread is left waiting');
  assert.deepEqual(bench.problems(), []);
  execFileSync('mount', ['-o', 'remount,size=64m', small]);
  const result = await bench.scan(location);
  assert.deepEqual([result.files, result.folders], [24_000, 60]);
  assert.deepEqual(bench.problems(), []);
  mkdirSync(`${folder}/fresh`);
  const fresh = new ScanBench(`${folder}/fresh`, { real: true });
  undo.push(() => fresh.close());
  const first = await fresh.add(tree, 'content');
  await fresh.scan(first);
  assert.deepEqual(
    indexPicture(bench.library.db, bench.location(location).root_entry_id).entries,
    indexPicture(fresh.library.db, fresh.location(first).root_entry_id).entries,
  );
});
function isScanThread(task: string): boolean {
  return /walker|hasher|index-w/.test(readFileSync(`/proc/self/task/${task}/comm`, 'utf8'));
}
