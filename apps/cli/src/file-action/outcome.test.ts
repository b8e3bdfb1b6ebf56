import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorsIf } from '../output/colors.ts';
import type { Carried, JobInfo, Plan } from '../wire.ts';
import { outcomeLines } from './outcome.ts';

const plan = { summary: 'Copy 5 items to /b', totals: { files: 5 } } as Plan;

function said(carried: Partial<Carried>): string[] {
  const none = { done: 0, merged: 0, skipped: 0, failed: 0, bytes: 0, verified: 0, lost: { count: 0, named: [] } };
  const job = { result: { ...none, ...carried } } as unknown as JobInfo;
  return outcomeLines({ plan, done: 'Copied 5 items to /b' }, job, 20, colorsIf(false)).good;
}

test('what is said of an action is what was done of it', () => {
  assert.deepEqual(said({ done: 6 }), ['✓ Copied 5 items to /b: 5 files']);
  assert.deepEqual(said({ done: 1, skipped: 4, bytes: 2 }), [
    '✓ Copied 5 items to /b: 1 of 5 steps, 2 B in 20 ms',
    '  4 steps skipped',
  ]);
  assert.deepEqual(said({ done: 2, failed: 3 }), ['! Copied 5 items to /b: 2 of 5 steps, 3 steps did not work']);
  assert.deepEqual(said({ failed: 5 }), ['! Nothing was done: Copy 5 items to /b: 0 of 5 steps, 5 steps did not work']);
});
