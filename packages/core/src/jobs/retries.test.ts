import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { SdError } from '../errors.ts';
import { LIBRARY_ID, countingKind, jobBench, until } from '../testing/job-fixture.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { LONGEST_WAIT_MS, MOST_ATTEMPTS, waitAfter } from './back-off.ts';

const request = { library: LIBRARY_ID, kind: 'test.count', subject: 'a', input: { name: 'a', items: 3 } };

/** A job that fails as often as it is told, at item 1. */
function failing(context: TestContext, code: ConstructorParameters<typeof SdError>[0], times: number) {
  const made = jobBench();
  context.after(() => made.remove());
  const clock = new ManualClock();
  const done: number[] = [];
  const world = { left: times };
  const kind = countingKind((item) => {
    done.push(item);
    if (item === 1 && world.left-- > 0) throw new SdError(code, 'not now');
  });
  return { made, clock, done, world, kind, open: made.open([kind], { clock }) };
}

test('what may pass is tried again, later each time, from the last checkpoint', async (context) => {
  const { open, clock, done } = failing(context, 'IO', 3);
  const { id } = await open.jobs.enqueue(request);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt++) {
    await until(() => open.jobs.info(id).attempts === attempt);
    const { state, next_try_at = 0, error } = open.jobs.info(id);
    assert.deepEqual([state, error], ['queued', { code: 'IO', message: 'not now' }]);
    const wait = next_try_at - clock.now();
    clock.pass(wait - 1);
    assert.equal(open.jobs.info(id).state, 'queued', 'not before its time');
    waits.push(wait);
    clock.pass(1);
  }
  const ended = await open.jobs.ended(id);
  assert.deepEqual([ended.state, ended.attempts, ended.error], ['completed', undefined, undefined]);
  assert.deepEqual(done, [0, 1, 1, 1, 1, 2]);
  for (const [at, wait] of waits.entries()) assert.ok(wait >= 4_000 * 2 ** at && wait <= 6_000 * 2 ** at, String(wait));
  assert.match(
    open.jobs
      .log(id, { limit: 9 })
      .map(({ message }) => message)
      .join('\n'),
    /not now; it is tried again in/,
  );
  await open.jobs.close();
});

test('what does not pass in time has failed, with its last error; a retry begins to count anew', async (context) => {
  const { open, clock, done, world } = failing(context, 'LIMIT', Infinity);
  const { id } = await open.jobs.enqueue(request);
  for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
    await until(() => open.jobs.info(id).attempts === attempt);
    clock.pass((open.jobs.info(id).next_try_at ?? 0) - clock.now());
  }
  const failed = await open.jobs.ended(id);
  assert.deepEqual([failed.state, failed.error?.code, failed.next_try_at], ['failed', 'LIMIT', undefined]);
  assert.equal(done.filter((item) => item === 1).length, MOST_ATTEMPTS);
  world.left = 0;
  const again = await open.jobs.retry(id);
  assert.deepEqual([again.id, again.attempts, again.ended_at], [id, undefined, undefined]);
  assert.deepEqual((await open.jobs.ended(id)).result, { counted: 3 });
  assert.equal(done.filter((item) => item === 0).length, 1, 'it went on from its checkpoint');
  await assert.rejects(open.jobs.retry(id), { code: 'CONFLICT' });
  await open.jobs.close();
});

test('a job that waits can be tried now, paused and cancelled', async (context) => {
  const { open, clock, world } = failing(context, 'OFFLINE', Infinity);
  const { id } = await open.jobs.enqueue(request);
  await until(() => open.jobs.info(id).attempts === 1);
  await open.jobs.retry(id);
  await until(() => open.jobs.info(id).attempts === 2);
  const paused = await open.jobs.pause(id);
  assert.deepEqual([paused.state, paused.next_try_at, paused.error], ['paused', undefined, undefined]);
  clock.pass(LONGEST_WAIT_MS);
  assert.equal(open.jobs.info(id).state, 'paused', 'whoever paused it decides');
  await open.jobs.resume(id);
  await until(() => open.jobs.info(id).attempts === 3);
  world.left = 0;
  assert.equal((await open.jobs.cancel(id)).state, 'cancelled');
  assert.equal(clock.timers, 0);
  await open.jobs.retry(id);
  assert.equal((await open.jobs.ended(id)).state, 'completed');
  await open.jobs.close();
});

test('after a restart it is tried at once, and the failures before still count', async (context) => {
  const { open, made, kind, world } = failing(context, 'IO', 1);
  const { id } = await open.jobs.enqueue(request);
  await until(() => open.jobs.info(id).attempts === 1);
  await open.jobs.close();
  world.left = 1;
  const again = made.open([kind], { clock: new ManualClock() });
  await until(() => again.jobs.info(id).attempts === 2);
  await again.jobs.close();
});

test('a kind says itself what may pass', async (context) => {
  const { made, clock, kind } = failing(context, 'OFFLINE', 1);
  const { jobs } = made.open([{ ...kind, name: 'test.firm', temporary: [] }], { clock });
  const { id } = await jobs.enqueue({ ...request, kind: 'test.firm' });
  assert.equal((await jobs.ended(id)).state, 'failed');
  await jobs.close();
});

test('waits grow to their longest, and vary so that not all come at once', () => {
  assert.deepEqual([waitAfter(1, 0.5), waitAfter(2, 0.5), waitAfter(100, 0.5)], [5_000, 10_000, LONGEST_WAIT_MS]);
  assert.ok(waitAfter(1, 0) < 5_000 && waitAfter(1, 1) > 5_000);
});
