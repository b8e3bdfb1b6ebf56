import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueueItem, type RunningItem, givesWay, nextJob } from './queue.ts';

const job = (id: string, more: Partial<QueueItem> = {}): QueueItem => ({
  id,
  library: 'a',
  kind: 'x.y',
  priority: 'normal',
  created_at: 0,
  exclusive: undefined,
  ...more,
});
const running = (id: string, more: Partial<RunningItem> = {}): RunningItem => ({
  stopping: false,
  ...job(id),
  ...more,
});
const limits = (total: number, ofKind = total) => ({ total, ofKind: () => ofKind });

test('what somebody waits for goes first, then the oldest, whatever the order they come in', () => {
  const late = job('late', { created_at: 5 });
  const early = job('early', { created_at: 1 });
  assert.equal(nextJob([late, early], [], limits(2))?.id, 'early');
  const user = job('user', { created_at: 9, priority: 'user' });
  const background = job('background', { priority: 'background' });
  assert.equal(nextJob([background, late, early, user], [], limits(2))?.id, 'user');
  assert.equal(nextJob([background, late], [], limits(2))?.id, 'late');
});

test('no more run than the limit, in all and of a kind', () => {
  assert.equal(nextJob([job('b')], [job('a')], limits(1)), undefined);
  assert.equal(nextJob([job('b')], [job('a')], limits(2, 1)), undefined);
  assert.equal(nextJob([job('b', { kind: 'x.z' })], [job('a')], limits(2, 1))?.id, 'b');
});

test('a job that would stand in the way of a running one lets the next go first', () => {
  const others = [job('a', { exclusive: 'location 1' })];
  const queued = [
    job('b', { exclusive: 'location 1', created_at: 1 }),
    job('c', { exclusive: 'location 2', created_at: 2 }),
  ];
  assert.equal(nextJob(queued, others, limits(3))?.id, 'c');
});

test('the same key in another library is another thing', () => {
  assert.equal(
    nextJob([job('b', { exclusive: 'k', library: 'b' })], [job('a', { exclusive: 'k' })], limits(3))?.id,
    'b',
  );
});

test('where the limit is reached the latest job in the background gives way to a user’s, and to no other', () => {
  const old = running('old', { priority: 'background', created_at: 1 });
  const young = running('young', { priority: 'background', created_at: 2 });
  const user = job('user', { priority: 'user' });
  assert.equal(givesWay([user], [old, young], limits(2))?.id, 'young');
  assert.equal(givesWay([job('normal')], [old, young], limits(2)), undefined);
  assert.equal(givesWay([user], [running('a'), running('b')], limits(2)), undefined);
  assert.equal(givesWay([user], [old, young], limits(3)), undefined, 'there is room');
});

test('one that stops already is enough; a second user’s job needs a second', () => {
  const stopping = running('a', { priority: 'background', stopping: true });
  const other = running('b', { priority: 'background' });
  const users = [job('u1', { priority: 'user' }), job('u2', { priority: 'user', created_at: 1 })];
  assert.equal(givesWay(users.slice(0, 1), [stopping, other], limits(2)), undefined);
  assert.equal(givesWay(users, [stopping, other], limits(2))?.id, 'b');
});

test('what gives way is what is in the way: the holder of the key, one of the kind', () => {
  const holder = running('holder', { priority: 'background', exclusive: 'index' });
  const other = running('other', { priority: 'background', created_at: 5 });
  const user = job('user', { priority: 'user', exclusive: 'index' });
  assert.equal(givesWay([user], [holder, other], limits(3))?.id, 'holder');
  const same = running('same', { priority: 'background', kind: 'k' });
  const ofKind = { total: 5, ofKind: (kind: string) => (kind === 'k' ? 1 : 5) };
  assert.equal(givesWay([job('u', { priority: 'user', kind: 'k' })], [same, other], ofKind)?.id, 'same');
  assert.equal(givesWay([user], [running('h', { exclusive: 'index' }), other], limits(2)), undefined, 'nothing helps');
});

test('where the limit was lowered, the last in turn stop', () => {
  const jobs = [
    running('user', { priority: 'user', created_at: 9 }),
    running('background', { priority: 'background' }),
    running('late', { created_at: 5 }),
  ];
  assert.equal(givesWay([], jobs, limits(2))?.id, 'background');
  assert.equal(givesWay([], jobs.slice(0, 1).concat(jobs.slice(2)), limits(1))?.id, 'late');
  assert.equal(givesWay([], jobs, limits(3)), undefined);
});
