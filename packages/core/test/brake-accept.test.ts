import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

const FOLDERS = 30;

function fill(place: string): void {
  for (let at = 0; at < FOLDERS; at++) {
    mkdirSync(`${place}/${at}`, { recursive: true });
    for (let file = 0; file < 99; file++) writeFileSync(`${place}/${at}/${file}`, '');
  }
}
/** A location of 30 folders of 99 files, of which the first `count` are gone and wait for a word. */
async function waiting(t: TestContext, count: number) {
  const folder = temporaryFolder(t);
  const place = `${folder}/place`;
  fill(place);
  mkdirSync(`${folder}/data`);
  mkdirSync(`${folder}/away`);
  let now = 1_000;
  const bench = new ScanBench(`${folder}/data`, {
    ports: (platform) => ({ clock: { ...platform.clock, now: () => now } }),
  });
  t.after(() => bench.close());
  const location = await bench.add(place);
  await bench.scan(location);
  const remove = (from: number, to: number): void => {
    for (let at = from; at < to; at++) renameSync(`${place}/${at}`, `${folder}/away/${at}`);
  };
  remove(0, count);
  assert.equal((await bench.scan(location)).held, count * 100);
  now = 2_000;
  const giveBack = (to: number): void => {
    for (let at = 0; at < to; at++) renameSync(`${folder}/away/${at}`, `${place}/${at}`);
  };
  return { bench, location, remove, giveBack, seen: bench.attention(location) };
}

test('a word given for what was shown does not let go of what has gone since', async (t) => {
  const { bench, location, remove, seen } = await waiting(t, 20);
  remove(20, FOLDERS);
  const { held, removed } = await bench.scan(location, { accept: seen });
  assert.deepEqual([held, removed], [3000, 0]);
  const anew = bench.attention(location);
  assert.deepEqual([anew.would_remove, anew.since], [3000, 2_000]);
  assert.equal((await bench.scan(location, { accept: { ...anew, since: seen.since } })).held, 3000, 'another question');
});

test('a tenth more than was shown still goes, and no more than that', async (t) => {
  const { bench, location, remove, seen } = await waiting(t, 20);
  remove(20, 22);
  const less = { ...seen, would_remove: seen.would_remove - 1 };
  assert.equal((await bench.scan(location, { accept: less })).held, 2200);
  const { since } = bench.attention(location);
  const { held, removed } = await bench.scan(location, { accept: { ...seen, since } });
  assert.deepEqual([held ?? 0, removed, bench.location(location).attention], [0, 2200, null]);
});

test('a word for what came back says nothing of what goes later', async (t) => {
  const { bench, location, remove, giveBack, seen } = await waiting(t, 20);
  giveBack(20);
  await bench.scan(location);
  assert.equal(bench.location(location).attention, null);
  remove(0, 20);
  assert.equal((await bench.scan(location, { accept: seen })).held, 2000);
  const anew = bench.attention(location);
  assert.equal((await bench.scan(location, { accept: anew })).removed, 2000);
});

test('a plan made before more was gone is refused', async (t) => {
  const place = `${temporaryFolder(t)}/place`;
  fill(place);
  const { client, index, rescan } = await openTestCore(t, { watching: { limit: 0 } });
  const { location } = await index(place, { mode: 'shallow' });
  const remove = (from: number, to: number): void => {
    for (let at = from; at < to; at++) rmSync(`${place}/${at}`, { recursive: true });
  };
  remove(0, 20);
  await rescan(location.id);
  const { plan_id } = await client.call('preview:locations.accept', { location: location.id });
  remove(20, 25);
  await rescan(location.id);
  await assert.rejects(async () => client.call('action:locations.accept', { plan_id }), { code: 'PLAN_STALE' });
  const view = await client.call('query:locations.info', { location: location.id });
  assert.deepEqual([view.attention?.would_remove, view.totals.files], [2500, 2970]);
});
