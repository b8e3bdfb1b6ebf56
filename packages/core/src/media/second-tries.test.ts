import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecondTries } from './second-tries.ts';

const A = new Uint8Array(32).fill(1);
const B = new Uint8Array(32).fill(2);

test('a file whose reader may have been ended by the machine is put off once, and has failed when it happens again', () => {
  const tries = new SecondTries();
  const killed = { type: 'killed', reason: 'it took long', doubtful: true } as const;
  const judged = (content: Uint8Array, doubtful = true): string => tries.judge(content, { ...killed, doubtful }).type;
  assert.equal(judged(A, false), 'killed');
  assert.deepEqual(tries.judge(A, killed), {
    type: 'refused',
    reason: 'it took long; it is read again later',
    changed: false,
  });
  assert.equal(judged(B), 'refused');
  assert.equal(judged(A), 'killed');
  // What could be read meanwhile begins anew.
  tries.forget(B);
  assert.equal(judged(B), 'refused');
  assert.equal(judged(B, false), 'killed');
});
