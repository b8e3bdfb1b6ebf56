import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type JobBench,
  LIBRARY_ID,
  type OpenJobs,
  countingKind,
  gate,
  jobBench,
  until,
} from '../testing/job-fixture.ts';
import type { JobPriority } from './job-manager.ts';

function bench(context: TestContext): JobBench {
  const made = jobBench();
  context.after(() => made.remove());
  return made;
}
const count = (name: string, items: number, priority?: JobPriority) => ({
  library: LIBRARY_ID,
  kind: 'test.count',
  subject: name,
  input: { name, items },
  ...(priority ? { priority } : {}),
});
const order = (open: OpenJobs): string[] => {
  const started: string[] = [];
  open.events.subscribe(({ data }) => {
    const job = data?.['job'] as { subject: string; state: string } | undefined;
    if (job?.state === 'running' && !started.includes(job.subject)) started.push(job.subject);
  });
  return started;
};

test('what somebody waits for starts first, then what is normal, in the order of asking', async (context) => {
  const hold = gate();
  const open = bench(context).open([countingKind((_item, name) => (name === 'first' ? hold.opened : undefined))], {
    atOnce: () => 1,
  });
  const started = order(open);
  const jobs = await Promise.all(
    [
      count('first', 1),
      count('b1', 1, 'background'),
      count('n1', 1),
      count('u1', 1, 'user'),
      count('n2', 1),
      count('u2', 1, 'user'),
    ].map((request) => open.jobs.enqueue(request)),
  );
  hold.open();
  for (const { id } of jobs) assert.equal((await open.jobs.ended(id)).state, 'completed');
  assert.deepEqual(started, ['first', 'u1', 'u2', 'n1', 'n2', 'b1']);
  await open.jobs.close();
});

test('a job in the background comes to its checkpoint for one that somebody waits for, and then goes on', async (context) => {
  const done: string[] = [];
  const step = gate();
  const open = bench(context).open(
    [
      countingKind(async (item, name) => {
        done.push(`${name} ${item}`);
        if (name === 'sweep' && item === 1) await step.opened;
      }),
    ],
    { atOnce: () => 1 },
  );
  const sweep = await open.jobs.enqueue(count('sweep', 4, 'background'));
  await until(() => done.length === 2);
  const asked = await open.jobs.enqueue(count('asked', 1, 'user'));
  step.open();
  assert.equal((await open.jobs.ended(asked.id)).state, 'completed');
  assert.notEqual(open.jobs.info(sweep.id).state, 'completed');
  assert.equal((await open.jobs.ended(sweep.id)).state, 'completed');
  assert.deepEqual(done, ['sweep 0', 'sweep 1', 'asked 0', 'sweep 2', 'sweep 3']);
  assert.ok(open.jobs.log(sweep.id, { limit: 10 }).some(({ message }) => /gives way/.test(message)));
  await open.jobs.close();
});

test('an equal job that is asked for by a user is theirs from then on', async (context) => {
  const hold = gate();
  const open = bench(context).open([countingKind(() => hold.opened)], { atOnce: () => 1 });
  const started = order(open);
  await open.jobs.enqueue(count('first', 1));
  await open.jobs.enqueue(count('n', 1));
  const { id } = await open.jobs.enqueue(count('b', 1, 'background'));
  assert.equal((await open.jobs.enqueue(count('b', 1, 'user'))).priority, 'user');
  assert.equal((await open.jobs.enqueue(count('b', 1, 'normal'))).priority, 'user', 'it is not taken back');
  hold.open();
  await open.jobs.ended(id);
  assert.deepEqual(started.slice(0, 2), ['first', 'b']);
  await open.jobs.close();
});

test('a kind whose world may have changed runs once more when it is asked for while it runs, and only once', async (context) => {
  const hold = gate();
  let runs = 0;
  const kind = countingKind((item) => ((runs += item === 0 ? 1 : 0), hold.opened), { equal: 'waiting' });
  const { jobs } = bench(context).open([kind]);
  const running = await jobs.enqueue(count('a', 1));
  await until(() => runs === 1);
  const next = await jobs.enqueue(count('a', 1));
  assert.notEqual(next.id, running.id);
  assert.equal((await jobs.enqueue(count('a', 1))).id, next.id);
  hold.open();
  await jobs.ended(next.id);
  assert.equal(runs, 2);
  await jobs.close();
});

test('a lowered limit stops what is too much at its checkpoint; a raised one starts more', async (context) => {
  let atOnce = 3;
  const step = gate();
  const kind = countingKind((item) =>
    item === 0 ? step.opened : new Promise<void>((resolve) => setImmediate(resolve)),
  );
  const open = bench(context).open([kind], { atOnce: () => atOnce });
  const running = (): number => open.jobs.list({ states: ['running'] }).length;
  const all = await Promise.all(['a', 'b', 'c'].map((name) => open.jobs.enqueue(count(name, 500))));
  assert.equal(running(), 3);
  atOnce = 1;
  open.jobs.limitsChanged();
  step.open();
  await until(() => running() === 1);
  atOnce = 2;
  open.jobs.limitsChanged();
  await until(() => running() === 2);
  for (const { id } of all) assert.deepEqual((await open.jobs.ended(id)).result, { counted: 500 });
  await open.jobs.close();
});
