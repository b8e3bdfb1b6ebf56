import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { SdError } from '../errors.ts';
import { type JobBench, LIBRARY_ID, countingKind, gate, jobBench } from '../testing/job-fixture.ts';

const request = (name: string, after?: readonly string[]) => ({
  library: LIBRARY_ID,
  kind: 'test.count',
  subject: name,
  input: { name, items: 2 },
  ...(after ? { after } : {}),
});

function bench(context: TestContext): JobBench {
  const made = jobBench();
  context.after(() => made.remove());
  return made;
}

test('a job starts when all that it comes after have completed, and not before', async (context) => {
  const done: string[] = [];
  const hold = gate();
  const kind = countingKind((_item, name) => (done.push(name), name === 'b' ? hold.opened : undefined));
  const { jobs } = bench(context).open([kind], { atOnce: () => 4 });
  const a = await jobs.enqueue(request('a'));
  const b = await jobs.enqueue(request('b'));
  const last = await jobs.enqueue(request('last', [a.id, b.id]));
  assert.deepEqual(last.after, [a.id, b.id]);
  await jobs.ended(a.id);
  assert.deepEqual(jobs.info(last.id).after, [b.id]);
  assert.equal(jobs.info(last.id).state, 'queued');
  hold.open();
  assert.equal((await jobs.ended(last.id)).state, 'completed');
  assert.deepEqual([done.length, ...done.slice(4)], [6, 'last', 'last']);
  assert.equal((await jobs.enqueue(request('again', [a.id]))).after, undefined, 'it had completed');
  await jobs.close();
});

test('where one fails or is cancelled, so do those that wait for it, with a word that says so', async (context) => {
  const hold = gate();
  const kind = countingKind(async (_item, name) => {
    await hold.opened;
    if (name === 'bad') throw new SdError('NOT_READABLE', 'it may not be read');
  });
  const { jobs } = bench(context).open([kind], { atOnce: () => 4 });
  const bad = await jobs.enqueue(request('bad'));
  const good = await jobs.enqueue(request('good'));
  const second = await jobs.enqueue(request('second', [bad.id]));
  const third = await jobs.enqueue(request('third', [second.id, good.id]));
  const other = await jobs.enqueue(request('other', [good.id]));
  await jobs.pause(second.id);
  await jobs.cancel(good.id);
  hold.open();
  assert.equal((await jobs.ended(bad.id)).state, 'failed');
  assert.deepEqual((await jobs.ended(second.id)).error, {
    code: 'CONFLICT',
    message: 'the job it waits for, test.count of "bad", failed: it may not be read',
  });
  const ended = await jobs.ended(third.id);
  assert.match(ended.error?.message ?? '', /"(second|good)", (failed|was cancelled)$/);
  const cancelled = await jobs.ended(other.id);
  assert.deepEqual(
    [cancelled.state, cancelled.error?.message],
    ['cancelled', 'the job it waits for, test.count of "good", was cancelled'],
  );
  await assert.rejects(jobs.enqueue(request('late', [bad.id])), {
    code: 'CONFLICT',
    message: /"bad", was failed|failed/,
  });
  await assert.rejects(jobs.retry(second.id), { code: 'CONFLICT' });
  await jobs.close();
});

test('what failed can be tried again, and then what waits for it', async (context) => {
  let broken = true;
  const kind = countingKind((_item, name) => {
    if (name === 'bad' && broken) throw new SdError('NOT_READABLE', 'not yet');
  });
  const { jobs } = bench(context).open([kind]);
  const bad = await jobs.enqueue(request('bad'));
  const next = await jobs.enqueue(request('next', [bad.id]));
  await jobs.ended(next.id);
  broken = false;
  await jobs.retry(bad.id);
  const waiting = await jobs.retry(next.id);
  assert.ok(waiting.state === 'queued');
  assert.equal((await jobs.ended(next.id)).state, 'completed');
  await jobs.close();
});

test('there is no circle: a job can only come after those that are there, an equal one must wait as long', async (context) => {
  const hold = gate();
  const { jobs } = bench(context).open([countingKind(() => hold.opened)], { atOnce: () => 1 });
  const a = await jobs.enqueue(request('a'));
  const b = await jobs.enqueue(request('b', [a.id]));
  assert.equal((await jobs.enqueue(request('b', [a.id]))).id, b.id);
  assert.equal((await jobs.enqueue(request('b'))).id, b.id);
  const later = await jobs.enqueue(request('a', [b.id]));
  assert.notEqual(later.id, a.id, 'the one there is would come too early');
  await assert.rejects(jobs.enqueue(request('c', ['01890000-0000-7000-8000-0000000000aa'])), { code: 'NOT_FOUND' });
  hold.open();
  assert.equal((await jobs.ended(later.id)).state, 'completed');
  await jobs.close();
});

test('a chain of a thousand ends with its first link, over a restart too', async (context) => {
  const made = bench(context);
  const never = new Promise<void>(() => {});
  const killed = made.open([countingKind(() => never)]);
  let before = (await killed.jobs.enqueue(request('0'))).id;
  const first = before;
  for (let link = 1; link < 1_000; link++) before = (await killed.jobs.enqueue(request(String(link), [before]))).id;
  assert.equal((await killed.jobs.cancel(first)).stopping, 'cancel');
  // It is never closed: the next process finds what a kill leaves.
  const { jobs } = made.open([countingKind(() => {})]);
  assert.equal(jobs.list({ states: ['queued', 'running', 'paused'] }).length, 0);
  assert.equal(jobs.info(before).state, 'cancelled');
  await jobs.close();
});
