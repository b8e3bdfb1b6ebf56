import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

async function filled(t: TestContext) {
  const folder = temporaryFolder(t);
  for (let at = 0; at < 12; at++) {
    mkdirSync(`${folder}/place/${at}`, { recursive: true });
    for (let file = 0; file < 100; file++) writeFileSync(`${folder}/place/${at}/${file}.txt`, '');
  }
  const bench = await openTestCore(t);
  const { location } = await bench.index(`${folder}/place`, { mode: 'shallow' });
  const library = bench.core.status().libraries[0]?.id ?? '';
  const view = async () => {
    await bench.core.watched(library);
    return bench.client.call('query:locations.info', { location: location.id });
  };
  return { folder, place: `${folder}/place`, bench, library, location: location.id, view };
}

test('what would take most of a location out of the index waits for a word, and comes back by itself', async (t) => {
  const { folder, place, bench, location, view } = await filled(t);
  const before = await view();
  assert.equal(before.state, 'online');
  assert.equal(before.totals.files, 1200);
  mkdirSync(`${folder}/away`);
  for (let at = 0; at < 11; at++) renameSync(`${place}/${at}`, `${folder}/away/${at}`);
  const waiting = await view();
  assert.equal(waiting.state, 'needs_attention');
  assert.deepEqual([waiting.attention?.would_remove, waiting.attention?.of], [1111, 1212]);
  assert.deepEqual(waiting.totals, before.totals);
  writeFileSync(`${place}/new.txt`, '');
  assert.equal((await view()).totals.files, 1201);
  const { result } = (await bench.rescan(location)) as { result: { held?: number; removed: number } };
  assert.deepEqual([result.held, result.removed], [1111, 0]);
  assert.equal((await view()).state, 'needs_attention');

  for (let at = 0; at < 11; at++) renameSync(`${folder}/away/${at}`, `${place}/${at}`);
  await bench.rescan(location);
  const back = await view();
  assert.deepEqual([back.state, back.attention, back.totals.files], ['online', undefined, 1201]);
});

test('with the word of the user it leaves the index', async (t) => {
  const { place, bench, location, view } = await filled(t);
  for (let at = 0; at < 11; at++) rmSync(`${place}/${at}`, { recursive: true });
  assert.equal((await view()).state, 'needs_attention');
  const plan = await bench.client.call('preview:locations.accept', { location });
  assert.equal(plan.steps.length, 11);
  const { result } = await bench.client.call('action:locations.accept', { location });
  await bench.completed(result.job);
  const after = await view();
  assert.deepEqual([after.state, after.attention, after.totals.files], ['online', undefined, 100]);
  await assert.rejects(async () => bench.client.call('action:locations.accept', { location }), /nothing of/);
});

test('what rules leave out needs no word, nor do a thousand entries', async (t) => {
  const { place, bench, location, view } = await filled(t);
  for (let at = 0; at < 9; at++) rmSync(`${place}/${at}`, { recursive: true });
  assert.deepEqual([(await view()).state, (await view()).totals.files], ['online', 300]);
  const { result } = await bench.client.call('action:locations.update', { location, rules: { exclude: ['*.txt'] } });
  if (result.job) await bench.completed(result.job);
  assert.deepEqual([(await view()).state, (await view()).totals.files], ['online', 0]);
});
