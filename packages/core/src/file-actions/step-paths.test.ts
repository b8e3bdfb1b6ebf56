import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Step, StepOutcome, StepState } from '../domain/step.ts';
import { StepPaths } from './step-paths.ts';

const facts = { type: 0, size: 0, mtime: 0, inode: 0, device: 0 };
const step = (seq: number, more: Partial<Step>): Step => ({ seq, kind: 'copy', facts, conflict: 'none', ...more });

const STEPS: readonly Step[] = [
  step(0, { kind: 'make_folder', name: '/from/a', target: '/to/b' }),
  step(1, { kind: 'make_folder', parent: 0, name: 'c' }),
  step(2, { parent: 1, name: 'x', target: 'y' }),
  step(3, { kind: 'remove_folder', parent: 1 }),
  step(4, { kind: 'restore', parent: 1, name: '/trash/z', target: 'z' }),
];
const at = (seq: number): Step => STEPS[seq] as Step;
const paths = (went: Record<number, { state: StepState; outcome?: StepOutcome }> = {}): StepPaths =>
  new StepPaths((seq) => STEPS[seq] && { ...STEPS[seq], ...went[seq] });

test('a step is where its folders are', () => {
  const found = paths();
  assert.deepEqual(found.of(at(2)), { source: '/from/a/c/x', target: '/to/b/c/y', leftOut: false });
  assert.deepEqual(found.of(at(3)), { source: '/from/a/c', target: undefined, leftOut: false });
  assert.deepEqual(found.of(at(4)), { source: '/trash/z', target: '/to/b/c/z', leftOut: false });
});

test('a folder that got another name takes along all that is below it', () => {
  const found = paths({ 0: { state: 'done', outcome: { target: '/to/b 2' } } });
  assert.equal(found.of(at(2)).target, '/to/b 2/c/y');
  found.settled(at(1), '/to/b 2/c 2');
  assert.equal(found.of(at(2)).target, '/to/b 2/c 2/y');
});

test('what lies below a folder that was skipped, or failed, is left out', () => {
  for (const state of ['skipped', 'failed'] as const) assert.equal(paths({ 0: { state } }).of(at(2)).leftOut, true);
  const found = paths();
  found.settled(at(1), undefined);
  assert.deepEqual(found.of(at(3)), { source: '/from/a/c', target: undefined, leftOut: true });
});
