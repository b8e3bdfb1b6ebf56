import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Decisions } from '../../domain/plan.ts';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, planningBench } from '../../testing/planning-fixture.ts';

async function planned(
  bench: PlanningBench,
  operation: 'copy' | 'move',
  sources: string[],
  to: string,
  more: object = {},
) {
  const made = await bench.plan({
    operation: `entries.${operation}`,
    sources: sources.map((path) => `${bench.folder}/${path}`),
    to: `${bench.folder}/${to}`,
    on_conflict: 'ask',
    ...more,
  });
  return made.id;
}

test('a plan is committed once', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { x: '1', 'to/': '' });
  const plan = await planned(bench, 'copy', ['x'], 'to');
  await bench.commit(plan);
  await assert.rejects(bench.commit(plan), { code: 'PLAN_NOT_FOUND' });
  await assert.rejects(bench.commit('01234567-89ab-7def-8123-456789abcdef'), { code: 'PLAN_NOT_FOUND' });
});

const changes: [what: string, change: (folder: string) => void, named: string][] = [
  ['a source that was written', (at) => writeFileSync(`${at}/a/x`, 'longer'), 'a/x'],
  ['a source that was touched', (at) => utimesSync(`${at}/a/x`, 1, 1), 'a/x'],
  ['a source that is gone', (at) => rmSync(`${at}/a/b/y`), 'a/b'],
  ['a source that is another file', (at) => (rmSync(`${at}/a/x`), mkdirSync(`${at}/a/x`)), 'a'],
  ['something new in a source', (at) => writeFileSync(`${at}/a/b/new`, ''), 'a/b'],
  ['something new at a target', (at) => mkdirSync(`${at}/to/a`), 'to/a'],
  ['a target folder that is gone', (at) => renameSync(`${at}/to`, `${at}/from`), 'to'],
];
for (const [what, change, named] of changes)
  test(`${what} makes the plan stale, and is named with what it was and is`, async (context) => {
    const bench = planningBench(context);
    writeTree(bench.folder, { 'a/x': '1', 'a/b/y': '2', 'to/': '' });
    const plan = await planned(bench, 'copy', ['a'], 'to');
    change(bench.folder);
    await assert.rejects(
      bench.commit(plan),
      (error: { code: string; data: { changes: { path: string; was: string; is: string }[] } }) => {
        assert.equal(error.code, 'PLAN_STALE');
        const found = error.data.changes.find(({ path }) => path === `${bench.folder}/${named}`);
        assert.ok(found && found.was !== found.is, JSON.stringify(error.data));
        assert.doesNotMatch(`${found.was} ${found.is}`, /folder, changed|\dT\d/, 'times as elsewhere, of files only');
        return true;
      },
    );
  });

test('what goes in one step goes with whatever is in it by now', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'to/': '' });
  const plan = await planned(bench, 'move', ['a'], 'to');
  writeFileSync(`${bench.folder}/a/new`, '');
  await bench.commit(plan);
});

test('a target that had something else when the plan was made is stale, also where it is to be replaced', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { x: '1', 'to/x': '2' });
  const plan = await planned(bench, 'copy', ['x'], 'to', { on_conflict: 'replace' });
  writeFileSync(`${bench.folder}/to/x`, 'precious');
  await assert.rejects(bench.commit(plan), { code: 'PLAN_STALE' });
});

test('a conflict is decided by its id, by `*` or by the policy, and else asked about', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'a/y': '2', 'to/a/x': '3', 'to/a/y': '4' });
  const commits = async (decisions: Decisions, more: object = {}) =>
    bench.commit(await planned(bench, 'copy', ['a'], 'to', more), decisions);
  await assert.rejects(commits({}), (error: { code: string; data: { conflicts: { id: string }[] } }) => {
    assert.equal(error.code, 'CONFIRMATION_NEEDED');
    assert.deepEqual(
      error.data.conflicts.map(({ id }) => id),
      ['1', '2'],
      'folders merge by themselves',
    );
    return true;
  });
  await assert.rejects(commits({ 1: 'skip' }), { code: 'CONFIRMATION_NEEDED' });
  await commits({ 1: 'skip', 2: 'replace' });
  await commits({ 1: 'skip', '*': 'newer' });
  await commits({}, { on_conflict: 'larger' });
  // Below a folder that is left, or gets a name of its own, nothing is met.
  await commits({ 0: 'skip' });
  await commits({ 0: 'keep_both' });
  await commits({ '*folders': 'replace' });
});

test('decisions that fit no conflict are refused', async (context) => {
  const bench = planningBench(context);
  writeTree(bench.folder, { 'a/x': '1', 'to/a/x': '3' });
  const plan = await planned(bench, 'copy', ['a'], 'to');
  for (const decisions of [
    { 7: 'skip' },
    { 1: 'merge' },
    { 1: 'burn' },
    { '*': 'burn' },
    { '*folders': 'newer' },
    { x: 'skip' },
  ])
    await assert.rejects(bench.commit(plan, decisions), { code: 'INVALID_INPUT' }, JSON.stringify(decisions));
  await bench.commit(plan, { 1: 'skip' });
});

test('what does not fit is refused with the numbers, before anything is written', async (context) => {
  let free = 1_000;
  const bench = planningBench(context, {
    platform: ({ files }) => ({ files: { ...files, space: () => ({ free, total: 10_000 }) } }),
  });
  writeTree(bench.folder, { 'a/x': 'x'.repeat(600), 'a/y': 'y'.repeat(600), 'to/a/x': '' });
  const plan = await planned(bench, 'copy', ['a'], 'to', { on_conflict: 'replace' });
  await assert.rejects(bench.commit(plan), (error: { code: string; data: object }) => {
    assert.equal(error.code, 'DISK_FULL');
    assert.deepEqual({ ...error.data, way_out: '' }, { free: 1_000, needed: 1_200, way_out: '' });
    return true;
  });
  await bench.commit(plan, { '*': 'skip' });
  const again = await planned(bench, 'copy', ['a'], 'to', { on_conflict: 'replace' });
  free = 1_200;
  await bench.commit(again);
});
