import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type JobBench, LIBRARY_ID, countingKind, gate, jobBench } from '../testing/job-fixture.ts';
import { jobKind } from './kind.ts';
import { NO_PROBLEMS, withProblem } from './problems.ts';

const request = (items: number) => ({
  library: LIBRARY_ID,
  kind: 'test.count',
  subject: 'a',
  input: { name: 'a', items },
});
function bench(context: TestContext): JobBench {
  const made = jobBench();
  context.after(() => made.remove());
  return made;
}

/** Cannot do odd items, and says so; logs each tenth. */
function pickyKind(world: (item: number) => void | Promise<void> = () => {}) {
  const kind = countingKind(() => {});
  return jobKind({
    ...kind,
    async run(context, state) {
      const { items } = context.input as { items: number };
      for (let item = (state as { next: number }).next; item < items; item++) {
        if (item % 2 === 1) context.problem({ item: `item ${item}`, reason: 'it is odd' });
        if (item % 10 === 0) context.log.info(`at ${item}`, { item });
        context.log.debug('not kept');
        await world(item);
        context.checkpoint({ next: item + 1 });
      }
      return items;
    },
  });
}

test('problems of items are counted, the first are named, and the job goes on', async (context) => {
  const { jobs } = bench(context).open([pickyKind()]);
  const ended = await jobs.ended((await jobs.enqueue(request(500))).id);
  assert.equal(ended.state, 'completed');
  assert.deepEqual([ended.problems?.count, ended.problems?.named.length], [250, 100]);
  assert.deepEqual(ended.problems?.named[1], { item: 'item 3', reason: 'it is odd' });
  await jobs.close();
});

test('what is done again after a stop is not counted twice', async (context) => {
  const made = bench(context);
  const reached = gate();
  const killed = made.open([pickyKind((item) => (item === 301 ? (reached.open(), new Promise(() => {})) : undefined))]);
  const { id } = await killed.jobs.enqueue(request(500));
  await reached.opened;
  assert.equal(killed.jobs.info(id).problems?.count, 151, 'the one in hand included');
  await killed.jobs.pause(id);
  // Never closed: it was killed. Asked to pause, it is paused now, as of its checkpoint.
  const { jobs } = made.open([pickyKind()]);
  assert.equal(jobs.info(id).problems?.count, 150);
  await jobs.resume(id);
  assert.equal((await jobs.ended(id)).problems?.count, 250);
  await jobs.close();
});

test('a kind that keeps count itself says all of them at once', async (context) => {
  const named = Array.from({ length: 150 }, (_, item) => ({ item: `item ${item}`, reason: 'odd' }));
  const counting = jobKind({
    ...countingKind(() => {}),
    async run({ problems }) {
      problems({ count: 10, named: named.slice(0, 10) });
      problems({ count: 5_000, named });
      return 0;
    },
  });
  const { jobs } = bench(context).open([counting]);
  const { problems } = await jobs.ended((await jobs.enqueue(request(1))).id);
  assert.deepEqual([problems?.count, problems?.named.length], [5_000, 100]);
  await jobs.close();
});

test('an item that is named already counts once, with its last reason; long texts are cut', () => {
  const once = withProblem(NO_PROBLEMS, { item: 'a', reason: 'x' });
  assert.deepEqual(withProblem(once, { item: 'a', reason: 'y' }), { count: 1, named: [{ item: 'a', reason: 'y' }] });
  assert.equal(withProblem(once, { item: 'b'.repeat(5_000), reason: '' }).named[1]?.item.length, 1_000);
});

test('a job’s log is there after a restart, without what is only for us, and goes with the job', async (context) => {
  const made = bench(context);
  let open = made.open([pickyKind()]);
  const { id } = await open.jobs.enqueue(request(25));
  await open.jobs.ended(id);
  await open.jobs.close();
  open = made.open([pickyKind()]);
  const lines = open.jobs.log(id, { limit: 100 });
  assert.deepEqual(
    lines.map(({ line, level, message }) => [line, level, message]),
    [
      [1, 'info', 'started'],
      [2, 'info', 'at 0'],
      [3, 'info', 'at 10'],
      [4, 'info', 'at 20'],
      [5, 'info', 'completed'],
    ],
  );
  assert.deepEqual(lines[1]?.facts, { item: 0 });
  assert.deepEqual(open.jobs.log(id, { after: 4, limit: 100 }), lines.slice(4));
  assert.deepEqual(open.jobs.log(id, { limit: 2 }), lines.slice(3));
  assert.deepEqual(await open.jobs.clearHistory({ states: ['failed'] }), []);
  assert.deepEqual(await open.jobs.clearHistory({}), [id]);
  assert.throws(() => open.jobs.log(id, { limit: 1 }), { code: 'NOT_FOUND' });
  assert.deepEqual(open.jobs.list(), []);
  await open.jobs.close();
});

test('a log is bounded: the newest thousand lines stay', async (context) => {
  const chatty = jobKind({
    ...countingKind(() => {}),
    async run({ log }) {
      for (let line = 1; line <= 5_000; line++)
        log.warn(`line ${line}`, { huge: 'x'.repeat(100_000 * Number(line === 4_999)) });
      return 0;
    },
  });
  const { jobs } = bench(context).open([chatty]);
  const { id } = await jobs.enqueue(request(1));
  await jobs.ended(id);
  const lines = jobs.log(id, { limit: 10_000 });
  assert.equal(lines.length, 1_000);
  assert.deepEqual([lines.at(-1)?.message, lines.at(-1)?.line], ['completed', 5_002]);
  assert.equal(lines.at(-3)?.facts, undefined, 'facts that are too many are left out');
  await jobs.close();
});

test('the history that is cleared is forgotten by everyone who listens', async (context) => {
  const open = bench(context).open([pickyKind()]);
  const ids = [];
  for (let items = 1; items <= 3; items++)
    ids.push((await open.jobs.ended((await open.jobs.enqueue(request(items))).id)).id);
  const deleted: string[] = [];
  open.events.subscribe(({ change, ids: gone = [] }) => void (change === 'deleted' && deleted.push(...gone)));
  await open.jobs.clearHistory({ library: '01890000-0000-7000-8000-00000000ffff' });
  assert.deepEqual(deleted, []);
  await open.jobs.clearHistory({ library: LIBRARY_ID });
  assert.deepEqual(deleted, ids);
  await open.jobs.close();
});
