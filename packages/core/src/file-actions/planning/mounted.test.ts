import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, mountsHere, planningBench } from '../../testing/planning-fixture.ts';

/** Mounts a file system below the bench's folder, until the test is over; skips it where this user may not. */
function mounted(t: TestContext, bench: PlanningBench, name: string, ...args: string[]): boolean {
  const at = `${bench.folder}/${name}`;
  mkdirSync(at);
  try {
    execFileSync('mount', [...args, at], { stdio: 'ignore' });
  } catch {
    t.skip('this user may not mount a file system');
    return false;
  }
  bench.mounts = mountsHere();
  undo.get(t)?.push(() => execFileSync('umount', [at]));
  return true;
}

const undo = new WeakMap<TestContext, (() => void)[]>();

/** What is mounted goes before the folder it is mounted in. */
function openBench(t: TestContext): PlanningBench {
  const steps: (() => void)[] = [];
  undo.set(t, steps);
  t.after(() => {
    for (const step of steps.reverse()) step();
  });
  return planningBench({ after: (call) => void steps.unshift(call) });
}

const transfer = (at: PlanningBench, operation: 'copy' | 'move', source: string, to: string) =>
  at.plan({
    operation: `entries.${operation}`,
    sources: [`${at.folder}/${source}`],
    to: `${at.folder}/${to}`,
    on_conflict: 'ask',
  });
const kinds = (at: PlanningBench, plan: string): string[] =>
  at.steps(plan).map(({ kind, conflict }) => (conflict === 'none' ? kind : `${kind} ${conflict}`));

test('to another file system a move copies, and says so', (t) => {
  const at = openBench(t);
  writeTree(at.folder, { 'a/x': '1' });
  if (!mounted(t, at, 'memory', '-t', 'tmpfs', '-o', 'size=1M', 'tmpfs')) return undefined;
  return (async () => {
    const { id, plan } = await transfer(at, 'move', 'a', 'memory');
    assert.deepEqual(kinds(at, id), ['make_folder', 'move', 'remove_folder']);
    assert.match(plan.warnings.join(), /target is on another file system/);
    writeTree(at.folder, { 'big/x': 'x'.repeat(2 ** 20 + 1) });
    const big = await transfer(at, 'copy', 'big', 'memory');
    assert.match(big.plan.warnings.join(), /there are [\d.]+ MB free at the target, and [\d.]+ MB are/);
    await assert.rejects(at.commit(big.id), { code: 'DISK_FULL' });
  })();
});

test('on a full disk it is said that the trash frees nothing', async (t) => {
  const at = openBench(t);
  if (!mounted(t, at, 'memory', '-t', 'tmpfs', '-o', 'size=1M', 'tmpfs')) return;
  writeTree(at.folder, { 'memory/x': '1', y: '2' });
  const trash = (...names: string[]) =>
    at.plan({ operation: 'entries.trash', sources: names.map((name) => `${at.folder}/${name}`) });
  assert.deepEqual((await trash('memory/x', 'y')).plan.warnings, []);
  writeTree(at.folder, { 'memory/full': 'x'.repeat(2 ** 20 - 8192) });
  const { warnings } = (await trash('memory/x', 'memory/full', 'y')).plan;
  assert.equal(warnings.length, 1);
  assert.match(warnings.join(), /memory is full: .* until the trash is emptied/);
});

test('what is mounted below a source comes along piece by piece', async (t) => {
  const at = openBench(t);
  writeTree(at.folder, { 'a/x': '1', 'to/': '' });
  if (!mounted(t, at, 'a/below', '-t', 'tmpfs', '-o', 'size=1M', 'tmpfs')) return;
  writeTree(at.folder, { 'a/below/y': '2' });
  const copied = await transfer(at, 'copy', 'a', 'to');
  assert.deepEqual(kinds(at, copied.id), ['make_folder', 'copy', 'make_folder', 'copy']);
  assert.match(copied.plan.warnings.join(), /1 other file system is mounted below/);
  const moved = await transfer(at, 'move', 'a', 'to');
  assert.deepEqual(kinds(at, moved.id), ['rename'], 'it stays mounted below the new name');
  assert.match(moved.plan.warnings.join(), /mounted below .* and will be found below its new name/);
});

test('nothing is written to, or taken from, a file system that is read only', async (t) => {
  const at = openBench(t);
  writeTree(at.folder, { x: '1', 'to/': '' });
  if (!mounted(t, at, 'fixed', '-t', 'tmpfs', '-o', 'size=1M', 'tmpfs')) return;
  writeTree(at.folder, { 'fixed/y': '2' });
  execFileSync('mount', ['-o', 'remount,ro', `${at.folder}/fixed`]);
  at.mounts = mountsHere();
  await assert.rejects(transfer(at, 'copy', 'x', 'fixed'), { code: 'NOT_WRITABLE' });
  await assert.rejects(transfer(at, 'move', 'fixed/y', 'to'), { code: 'NOT_WRITABLE' });
  await transfer(at, 'copy', 'fixed/y', 'to');
});
