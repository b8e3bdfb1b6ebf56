import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueueItem, nextJob } from './queue.ts';

const job = (id: string, more: Partial<QueueItem> = {}): QueueItem => ({
  id,
  library: 'a',
  kind: 'x.y',
  priority: 'normal',
  created_at: 0,
  exclusive: undefined,
  ...more,
});
const limits = (total: number, ofKind = total) => ({ total, ofKind: () => ofKind });

test('the oldest goes first, whatever the order they come in', () => {
  assert.equal(nextJob([job('late', { created_at: 5 }), job('early', { created_at: 1 })], [], limits(2))?.id, 'early');
});

test('no more run than the limit, in all and of a kind', () => {
  assert.equal(nextJob([job('b')], [job('a')], limits(1)), undefined);
  assert.equal(nextJob([job('b')], [job('a')], limits(2, 1)), undefined);
  assert.equal(nextJob([job('b', { kind: 'x.z' })], [job('a')], limits(2, 1))?.id, 'b');
});

test('a job that would stand in the way of a running one lets the next go first', () => {
  const running = [job('a', { exclusive: 'location 1' })];
  const queued = [
    job('b', { exclusive: 'location 1', created_at: 1 }),
    job('c', { exclusive: 'location 2', created_at: 2 }),
  ];
  assert.equal(nextJob(queued, running, limits(3))?.id, 'c');
});

test('the same key in another library is another thing', () => {
  assert.equal(
    nextJob([job('b', { exclusive: 'k', library: 'b' })], [job('a', { exclusive: 'k' })], limits(3))?.id,
    'b',
  );
});
