import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ScanResult } from '../src/domain/scan.ts';
import { jobEnd, jobThat, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { IndexTurns } from '../src/indexing/index-turn.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

function manyFiles(root: string, folders: number, files: number): void {
  for (let folder = 0; folder < folders; folder++) {
    mkdirSync(`${root}/${folder}`, { recursive: true });
    for (let file = 0; file < files; file++) writeFileSync(`${root}/${folder}/${file}`, `${folder} ${file}`);
  }
}

test('paused soon, resumed, and counted as if it had not stopped; cancelled, it says what stays', async (t) => {
  const root = temporaryFolder(t);
  manyFiles(root, 60, 100);
  const { core, client, completed } = await openTestCore(t);
  const started = (phase: string): Promise<void> =>
    new Promise((resolve) => {
      const stop = core.events.subscribe((event) => {
        if (event.resource !== 'job' || event.change !== 'progress') return;
        if ((event.data as { progress?: { phase?: string } })?.progress?.phase !== phase && phase !== 'any') return;
        stop();
        resolve();
      });
    });
  const going = started('any');
  const { result } = await client.call('action:locations.add', { path: root });
  await going;
  const { result: told } = await client.call('action:jobs.pause', { id: result.job.id });
  const job = await jobThat(core, client, told.id, ({ state }) => state !== 'running');
  if (job.state === 'paused') await client.call('action:jobs.resume', { id: job.id });
  const done = (await completed(job)).result as ScanResult;
  assert.deepEqual(
    [done.files, done.folders, done.added, done.unchanged, done.identified],
    [6_000, 60, 6_060, 0, 6_000],
  );

  manyFiles(`${root}/more`, 60, 100);
  const again = started('any');
  const rescan = await client.call('action:locations.rescan', { location: result.location.id });
  await again;
  await client.call('action:jobs.cancel', { id: rescan.result.job.id });
  const cancelled = await jobEnd(core, client, rescan.result.job.id);
  if (cancelled.state === 'cancelled') assert.equal((cancelled.result as ScanResult).interrupted, true);
});

test('progress of a phase never goes back, and never beyond its total', async (t) => {
  const folder = temporaryFolder(t);
  manyFiles(`${folder}/tree`, 30, 40);
  mkdirSync(`${folder}/data`);
  const bench = new ScanBench(`${folder}/data`);
  t.after(() => bench.close());
  const location = await bench.add(`${folder}/tree`, 'content');
  for (let round = 0; round < 2; round++) {
    const last = new Map<string, { done: number; bytes: number; total: number }>();
    const phases: string[] = [];
    await bench.scan(location, {
      progress: ({ phase, done, bytes = 0, total = Infinity, bytes_total = Infinity }) => {
        const before = last.get(phase) ?? { done: 0, bytes: 0, total: 0 };
        assert.ok(done >= before.done && bytes >= before.bytes && done <= total && bytes <= bytes_total, phase);
        last.set(phase, { done, bytes, total });
        if (phases.at(-1) !== phase) phases.push(phase);
      },
    });
    assert.deepEqual(phases, ['discover', 'cleanup', 'extract']);
    assert.deepEqual([last.get('extract')?.done, last.get('extract')?.total], round === 0 ? [1_200, 1_200] : [1, 1]);
    writeFileSync(`${folder}/tree/7/7`, 'changed');
  }
});

test('a folder that changes while it is scanned is right after the next scan', async (t) => {
  const folder = temporaryFolder(t);
  const tree = `${folder}/tree`;
  manyFiles(tree, 10, 5);
  mkdirSync(`${folder}/data`);
  let listed = 0;
  let change = (): void => {};
  const bench = new ScanBench(`${folder}/data`, {
    files: ({ files }) => ({
      ...files,
      listFolder: (path, into, skip) => {
        files.listFolder(path, into, skip);
        if (++listed % 4 === 0) change();
      },
    }),
  });
  t.after(() => bench.close());
  const location = await bench.add(tree, 'content');
  await bench.scan(location);
  let changes = 0;
  change = () => {
    const [from, to] = [`${tree}/${changes % 10}`, `${tree}/${(changes + 3) % 10}/moved ${changes}`];
    if (existsSync(from)) renameSync(from, to);
    writeFileSync(`${tree}/new ${++changes}`, 'new');
  };
  for (let round = 0; round < 6; round++) await bench.scan(location);
  assert.ok(changes > 5);
  change = () => {};
  await bench.scan(location);
  assert.deepEqual(bench.problems(), []);
  mkdirSync(`${folder}/fresh`);
  const fresh = new ScanBench(`${folder}/fresh`);
  t.after(() => fresh.close());
  const first = await fresh.add(tree, 'content');
  await fresh.scan(first);
  assert.deepEqual(
    indexPicture(bench.library.db, bench.location(location).root_entry_id).entries,
    indexPicture(fresh.library.db, fresh.location(first).root_entry_id).entries,
  );
});

test('what another brought into an empty location while its scan waited for the turn does not come twice', async (t) => {
  const folder = temporaryFolder(t);
  manyFiles(`${folder}/tree`, 3, 2);
  mkdirSync(`${folder}/data`);
  const turns = new IndexTurns();
  const bench = new ScanBench(`${folder}/data`, { turns });
  t.after(() => bench.close());
  const location = await bench.add(`${folder}/tree`);
  const end = await turns.take(bench.library.id);
  const both = [bench.scan(location), bench.scan(location)];
  end?.();
  await Promise.all(both);
  const { entries } = indexPicture(bench.library.db, bench.location(location).root_entry_id);
  assert.equal(entries.size, 1 + 3 + 6);
});

test('removed while it is scanned, a location is out of sight at once and leaves nothing behind', async (t) => {
  const folder = temporaryFolder(t);
  manyFiles(`${folder}/tree`, 40, 60);
  const { core, client } = await openTestCore(t);
  const { result } = await client.call('action:locations.add', { path: `${folder}/tree`, mode: 'shallow' });
  const removed = await client.call('action:locations.remove', { location: result.location.id });
  assert.deepEqual((await client.call('query:locations.list', {})).locations, []);
  assert.equal((await client.call('query:search.files', { text: '7' })).entries.length, 0);
  assert.equal((await jobEnd(core, client, removed.result.job.id)).state, 'completed');
  assert.equal((await client.call('query:library.statistics', {})).entries, 0);
  assert.deepEqual((await client.call('query:libraries.verify', {})).problems, []);
});

test('locations do not overlap: within, around, or the same by another name', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(`${folder}/a/b`, { recursive: true });
  const { client, index } = await openTestCore(t);
  await index(`${folder}/a`);
  const code = async (path: string): Promise<unknown> =>
    (await client.call('query:locations.validate_path', { path })).problem?.code;
  assert.deepEqual(
    [await code(`${folder}/a/b`), await code(folder), await code(`${folder}/a/`), await code(`${folder}/x`)],
    ['CONFLICT', 'CONFLICT', 'ALREADY_EXISTS', 'NOT_FOUND'],
  );
  await assert.rejects(client.call('action:locations.add', { path: `${folder}/a/b` }), /lies in the location/);
});

test('the log of the database stays small while a scan writes and others read', async (t) => {
  const folder = temporaryFolder(t);
  manyFiles(`${folder}/tree`, 300, 60);
  mkdirSync(`${folder}/data`);
  const bench = new ScanBench(`${folder}/data`, { real: true });
  t.after(() => bench.close());
  const location = await bench.add(`${folder}/tree`);
  let largest = 0;
  await bench.scan(location, {
    progress: () => {
      largest = Math.max(largest, statSync(`${folder}/data/library.db-wal`).size);
      bench.library.db.prepare('SELECT count(*) AS n FROM entries').get();
    },
  });
  // Twelve writes of 2,048 rows between two looks, with their indexes.
  assert.ok(largest < 64 * 2 ** 20, `${largest} bytes`);
});
