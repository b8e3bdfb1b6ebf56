import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { SdError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import {
  type JobBench,
  LIBRARY_ID,
  type OpenJobs,
  countingKind,
  dyingSqlite,
  fillingSqlite,
  gate,
  jobBench,
  realClock,
} from '../testing/job-fixture.ts';
import type { JobInfo } from './job-manager.ts';
import { JobStopped, jobKind } from './kind.ts';

const count = (name: string, items: number) => ({
  library: LIBRARY_ID,
  kind: 'test.count',
  subject: name,
  input: { name, items },
});

function bench(context: TestContext): JobBench {
  const made = jobBench();
  context.after(() => made.remove());
  return made;
}

/** Resolves with the first event of the job that fits. */
function seen({ events }: OpenJobs, fits: (job: JobInfo, event: CoreEvent) => boolean): Promise<JobInfo> {
  return new Promise((resolve) => {
    const end = events.subscribe((event) => {
      const job = event.data?.['job'] as JobInfo | undefined;
      if (!job || !fits(job, event)) return;
      end();
      resolve(job);
    });
  });
}

test('a job runs to its end, and everyone hears of it', async (context) => {
  const done: number[] = [];
  const open = bench(context).open([countingKind((item) => void done.push(item))]);
  const heard: string[] = [];
  open.events.subscribe((event) =>
    heard.push(`${event.change} ${(event.data?.['job'] as JobInfo | undefined)?.state}`),
  );
  const queued = await open.jobs.enqueue(count('a', 3));
  const ended = await open.jobs.ended(queued.id);
  assert.equal(ended.state, 'completed');
  assert.deepEqual(ended.result, { counted: 3 });
  assert.deepEqual(done, [0, 1, 2]);
  assert.deepEqual([heard[0], heard[1], heard.at(-1)], ['created queued', 'updated running', 'updated completed']);
  assert.ok(heard.includes('progress running'));
  assert.deepEqual(open.jobs.info(queued.id), ended);
  assert.deepEqual(open.jobs.list({ states: ['completed'] }), [ended]);
  assert.deepEqual(open.jobs.list({ states: ['running'] }), []);
  await open.jobs.close();
});

test('an equal request is answered with the job there is, until that has ended or is being cancelled', async (context) => {
  const hold = gate();
  const { jobs } = bench(context).open([countingKind(() => hold.opened)]);
  const first = await jobs.enqueue(count('a', 2));
  const again = await jobs.enqueue({ ...count('a', 2), input: { items: 2, name: 'a' } });
  assert.equal(again.id, first.id);
  assert.notEqual((await jobs.enqueue(count('a', 3))).id, first.id);

  const cancelling = await jobs.cancel(first.id);
  assert.deepEqual([cancelling.state, cancelling.stopping], ['running', 'cancel']);
  const anew = await jobs.enqueue(count('a', 2));
  assert.notEqual(anew.id, first.id);
  hold.open();
  assert.equal((await jobs.ended(first.id)).state, 'cancelled');
  assert.equal((await jobs.ended(anew.id)).state, 'completed');
  assert.notEqual((await jobs.enqueue(count('a', 2))).id, anew.id);
  await jobs.close();
});

test('jobs of one key wait for each other, others run beside them, no more than two at once', async (context) => {
  let most = 0;
  const running = new Map<string, number>();
  const kind = countingKind(() => {}, {
    async run({ input, checkpoint }) {
      running.set(input.name, (running.get(input.name) ?? 0) + 1);
      assert.equal(running.get(input.name), 1, 'two of one key at the same time');
      most = Math.max(
        most,
        [...running.values()].reduce((sum, one) => sum + one, 0),
      );
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      checkpoint({ next: 0 });
      running.set(input.name, 0);
      return input;
    },
  });
  const { jobs } = bench(context).open([kind]);
  const all = await Promise.all(['a', 'b', 'c', 'a', 'a', 'b'].map((name, at) => jobs.enqueue(count(name, at))));
  for (const job of all) assert.equal((await jobs.ended(job.id)).state, 'completed');
  assert.equal(most, 2);
  await jobs.close();
});

test('paused by the user, a job stays paused over a restart and goes on where it was when resumed', async (context) => {
  const made = bench(context);
  const done: number[] = [];
  let open: OpenJobs;
  const kind = countingKind((item) => {
    done.push(item);
    if (item === 3) void open.jobs.pause(id);
  });
  open = made.open([kind]);
  const { id } = await open.jobs.enqueue(count('a', 10));
  await seen(open, (job) => job.state === 'paused');
  assert.deepEqual(done, [0, 1, 2, 3]);
  await open.jobs.close();

  open = made.open([kind]);
  assert.equal(open.jobs.info(id).state, 'paused');
  assert.equal(open.jobs.info(id).progress.done, 4);
  await open.jobs.resume(id);
  const ended = await open.jobs.ended(id);
  assert.equal(ended.state, 'completed');
  assert.deepEqual(done, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await open.jobs.close();
});

test('a pause that is taken back before the job has stopped leaves it going on', async (context) => {
  const hold = gate();
  const { jobs } = bench(context).open([countingKind(() => hold.opened)]);
  const { id } = await jobs.enqueue(count('a', 3));
  assert.equal((await jobs.pause(id)).stopping, 'pause');
  assert.equal((await jobs.resume(id)).stopping, undefined);
  hold.open();
  assert.equal((await jobs.ended(id)).state, 'completed');
  await jobs.close();
});

test('a cancelled job says what it leaves, and never goes on; queued and paused ones are cancelled at once', async (context) => {
  const made = bench(context);
  let open: OpenJobs;
  const kind = countingKind((item) => {
    if (item === 2) void open.jobs.cancel(id);
  });
  open = made.open([kind]);
  const { id } = await open.jobs.enqueue(count('a', 10));
  const behind = await open.jobs.enqueue(count('a', 11));
  assert.equal((await open.jobs.pause(behind.id)).state, 'paused');
  assert.equal((await open.jobs.cancel(behind.id)).state, 'cancelled');
  const ended = await open.jobs.ended(id);
  assert.deepEqual([ended.state, ended.result], ['cancelled', { counted: 3 }]);
  for (const verb of ['cancel', 'pause', 'resume'] as const) {
    await assert.rejects(
      open.jobs[verb](id),
      (error: SdError) => error.code === 'CONFLICT' && /cancelled/.test(error.message),
    );
    await assert.rejects(open.jobs[verb]('01890000-0000-7000-8000-00000000ffff'), { code: 'NOT_FOUND' });
  }
  await open.jobs.close();
  open = made.open([kind]);
  assert.equal(open.jobs.info(id).state, 'cancelled');
  await open.jobs.close();
});

test('killed between the cancelling and the stop, a job is cancelled, not gone on with; the same for a pause', async (context) => {
  const made = bench(context);
  const killed = made.open([countingKind((item) => (item === 1 ? new Promise(() => {}) : undefined))]);
  const cancelled = await killed.jobs.enqueue(count('a', 3));
  const paused = await killed.jobs.enqueue(count('b', 3));
  while (killed.jobs.list().some(({ progress }) => progress.done < 1)) await new Promise(setImmediate);
  assert.equal((await killed.jobs.cancel(cancelled.id)).stopping, 'cancel');
  assert.equal((await killed.jobs.pause(paused.id)).stopping, 'pause');
  // It is never closed: the next process finds what a kill leaves.
  const { jobs } = made.open([countingKind(() => assert.fail('it goes on'))]);
  assert.deepEqual([jobs.info(cancelled.id).state, jobs.info(cancelled.id).result], ['cancelled', { counted: 1 }]);
  assert.equal(jobs.info(paused.id).state, 'paused');
  await jobs.close();
});

test('closing brings jobs to a checkpoint; opened again they go on', async (context) => {
  const made = bench(context);
  const done: number[] = [];
  const started = gate();
  const kind = countingKind(async (item) => {
    done.push(item);
    if (item === 5) started.open();
    await new Promise(setImmediate);
  });
  let open = made.open([kind]);
  const { id } = await open.jobs.enqueue(count('a', 50));
  await started.opened;
  const waiting = assert.rejects(open.jobs.ended(id), { code: 'SHUTTING_DOWN' });
  await open.jobs.close();
  await waiting;
  const atClose = done.length;
  open = made.open([kind]);
  assert.equal(done.length, atClose, 'nothing was done in between');
  assert.equal((await open.jobs.ended(id)).state, 'completed');
  assert.deepEqual(
    done,
    Array.from({ length: 50 }, (_, item) => item),
  );
  await open.jobs.close();
});

test('a job that does not stop is cut off by the closing, and cannot touch what comes after', async (context) => {
  const made = bench(context);
  const stuck = gate();
  const kind = countingKind((item) => (item === 1 ? stuck.opened : undefined));
  const impatient = { ...realClock, after: (_: number, call: () => void) => realClock.after(1, call) };
  let open = made.open([kind], { clock: impatient });
  const { id } = await open.jobs.enqueue(count('a', 3));
  await seen(open, (job) => job.progress.done === 1);
  await open.jobs.close();
  assert.ok(open.log.some((line) => /did not stop in time/.test(line)));
  open = made.open([countingKind(() => {})]);
  const ended = open.jobs.ended(id);
  stuck.open();
  assert.equal((await ended).state, 'completed');
  await open.jobs.close();
});

test('a fault fails the job with its code, in clear words; a fault of ours does not leak', async (context) => {
  const kinds = [
    countingKind(() => {
      throw new SdError('NOT_READABLE', 'it may not be read');
    }),
    countingKind(
      () => {
        throw new Error('secret detail');
      },
      { name: 'test.broken' },
    ),
  ];
  const { jobs } = bench(context).open(kinds);
  const failed = await jobs.ended((await jobs.enqueue(count('a', 1))).id);
  assert.deepEqual([failed.state, failed.error], ['failed', { code: 'NOT_READABLE', message: 'it may not be read' }]);
  const broken = await jobs.ended((await jobs.enqueue({ ...count('a', 1), kind: 'test.broken' })).id);
  assert.equal(broken.error?.code, 'INTERNAL');
  assert.doesNotMatch(broken.error?.message ?? '', /secret/);
  await jobs.close();
});

test('a full disk makes the job wait, with the reason, and it goes on when there is room', async (context) => {
  let free = 0;
  const timers: (() => void)[] = [];
  const clock = { ...realClock, after: (_: number, call: () => void) => (timers.push(call), () => {}) };
  const open = bench(context).open(
    [
      countingKind((item) => {
        if (item === 2 && free === 0) throw new SdError('DISK_FULL', 'no room');
      }),
    ],
    { clock, free: () => free },
  );
  const { id } = await open.jobs.enqueue(count('a', 4));
  const waiting = await seen(open, (job) => job.next_try_at !== undefined);
  assert.deepEqual([waiting.state, waiting.attempts, waiting.error?.code], ['queued', 1, 'DISK_FULL']);
  const tick = (): void => timers.splice(0).forEach((call) => call());
  tick();
  assert.equal(open.jobs.info(id).state, 'queued', 'there is no room yet');
  assert.equal(open.jobs.info(id).attempts, 1);
  free = 2 ** 30;
  tick();
  assert.equal((await open.jobs.ended(id)).state, 'completed');
});

test('where the jobs themselves cannot be written: nothing new is promised, what runs waits, cancelling works', async (context) => {
  let full = false;
  const timers: (() => void)[] = [];
  const clock = { ...realClock, after: (_: number, call: () => void) => (timers.push(call), () => {}) };
  const made = bench(context);
  const sqlite = fillingSqlite(() => full);
  const open = made.open([countingKind((item) => void (full ||= item === 2))], {
    sqlite,
    clock,
    free: () => (full ? 0 : 2 ** 30),
  });
  const { id } = await open.jobs.enqueue(count('a', 4));
  assert.equal((await seen(open, (job) => job.next_try_at !== undefined)).error?.code, 'DISK_FULL');
  await assert.rejects(open.jobs.enqueue(count('b', 1)), { code: 'DISK_FULL' });
  assert.equal(open.jobs.list().length, 1, 'what could not be stored is not there');
  full = false;
  for (const call of timers.splice(0)) call();
  assert.deepEqual((await open.jobs.ended(id)).result, { counted: 4 });

  const second = await open.jobs.enqueue(count('c', 4));
  await seen(open, (job) => job.id === second.id && job.next_try_at !== undefined);
  assert.equal((await open.jobs.cancel(second.id)).state, 'cancelled');
  await open.jobs.close();
  // The disk never heard of the cancelling, so the job goes on from its last checkpoint.
  const again = made.open([countingKind(() => {})]);
  assert.equal(again.jobs.info(id).state, 'completed');
  assert.equal((await again.jobs.ended(second.id)).state, 'completed');
  await again.jobs.close();
});

test('an unknown kind, a newer state, an older one and a broken one each fail with a word that says so', async (context) => {
  const made = bench(context);
  const left = async (kind: ReturnType<typeof countingKind>): Promise<string> => {
    const hold = gate();
    const open = made.open(
      [
        {
          ...kind,
          async run({ checkpoint }) {
            checkpoint({ next: 1 });
            hold.open();
            await new Promise(() => {});
            return 0;
          },
        },
      ],
      { clock: { ...realClock, after: (_, call) => realClock.after(1, call) } },
    );
    const { id } = await open.jobs.enqueue({ ...count('a', 3), kind: kind.name });
    await hold.opened;
    await open.jobs.close();
    return id;
  };
  const failure = async (id: string, kinds: ReturnType<typeof countingKind>[]): Promise<string> => {
    const { jobs } = made.open(kinds);
    const { state, error } = await jobs.ended(id);
    await jobs.close();
    assert.equal(state, 'failed');
    return `${error?.code}: ${error?.message}`;
  };
  const kind = countingKind(() => {});
  assert.match(
    await failure(await left({ ...kind, name: 'test.gone' }), [kind]),
    /^NOT_FOUND: .*no jobs of the kind test\.gone/,
  );
  assert.match(
    await failure(await left({ ...kind, version: 3 }), [{ ...kind, version: 2 }]),
    /^NEWER_FORMAT: .*newer version \(state 3, this one knows 2\)/,
  );
  assert.match(
    await failure(await left(kind), [{ ...kind, version: 2 }]),
    /^CONFLICT: .*older version \(state 1, this one knows 2\)/,
  );
  const id = await left(kind);
  assert.match(await failure(id, [{ ...kind, state: z.object({ other: z.string() }) }]), /^CORRUPT: /);

  const upgraded = await left(kind);
  const { jobs } = made.open([
    countingKind(() => {}, {
      version: 2,
      upgrade: (state, from) => (from === 1 ? (state as { next: number }) : undefined),
    }),
  ]);
  assert.equal((await jobs.ended(upgraded)).state, 'completed');
  await jobs.close();
});

test('a jobs.db that cannot be read is set aside, and nothing of it is readable without the key', async (context) => {
  const made = bench(context);
  const open = made.open([countingKind(() => {})]);
  await open.jobs.ended((await open.jobs.enqueue(count('secret-subject', 1))).id);
  await open.jobs.close();
  for (const name of readdirSync(made.folder))
    assert.ok(!readFileSync(`${made.folder}/${name}`).includes('secret-subject'), name);
  writeFileSync(`${made.folder}/jobs.db`, 'not a database at all, but long enough to look like one'.repeat(100));
  const again = made.open([countingKind(() => {})]);
  assert.deepEqual(again.jobs.list(), []);
  assert.ok(readdirSync(made.folder).some((name) => name.startsWith('jobs.db.unreadable-')));
  await again.jobs.close();
});

test('the log of the database stays small however long a job runs', async (context) => {
  const made = bench(context);
  let largest = 0;
  const watch = (): void => void (largest = Math.max(largest, statSync(`${made.folder}/jobs.db-wal`).size));
  const { jobs } = made.open([countingKind((item) => (item % 100 === 0 ? watch() : undefined))]);
  await jobs.ended((await jobs.enqueue(count('a', 6_000))).id);
  assert.ok(largest < 30 * 2 ** 20, `${largest} bytes`);
  assert.ok(statSync(`${made.folder}/jobs.db-wal`).size < 2 ** 20);
  await jobs.close();
});

test('the history is bounded, newest kept', async (context) => {
  const { jobs, events } = bench(context).open([countingKind(() => {})]);
  let forgotten = 0;
  events.subscribe((event) => (forgotten += event.change === 'deleted' ? (event.ids?.length ?? 0) : 0));
  for (let at = 0; at < 230; at++) await jobs.ended((await jobs.enqueue(count(`job ${at}`, 1))).id);
  const kept = jobs.list();
  assert.equal(kept.length, 200);
  assert.equal(kept[0]?.subject, 'job 229');
  assert.equal(forgotten, 30);
  await jobs.close();
});

test('killed at any write, over and over: every item is done, and none is done again once its checkpoint stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ writes: fc.integer({ min: 1, max: 25 }), after: fc.boolean() }), { maxLength: 8 }),
      async (deaths) => {
        const made = jobBench();
        try {
          const lives: number[][] = [];
          const items = 12;
          for (const [life, death] of deaths.entries()) {
            const process = dyingSqlite(death.writes, death.after);
            const done: number[] = [];
            lives.push(done);
            const over = gate();
            try {
              const { jobs, events } = made.open(
                [
                  countingKind((item) => {
                    if (process.dead()) return;
                    done.push(item);
                  }),
                ],
                { sqlite: process.sqlite },
              );
              events.subscribe(
                ({ data }) =>
                  ((data?.['job'] as JobInfo | undefined)?.state === 'completed' || process.dead()) && over.open(),
              );
              const job =
                life === 0 || jobs.list().length === 0 ? await jobs.enqueue(count('a', items)) : jobs.list()[0];
              if (job?.state !== 'completed') await over.opened;
            } catch (error) {
              if (!process.dead()) throw error;
            }
            process.close();
          }
          const last: number[] = [];
          lives.push(last);
          const { jobs } = made.open([countingKind((item) => void last.push(item))]);
          const job = jobs.list()[0] ?? (await jobs.enqueue(count('a', items)));
          assert.deepEqual((await jobs.ended(job.id)).result, { counted: items });
          await jobs.close();
          let next = 0;
          for (const life of lives.filter((done) => done.length > 0)) {
            // What was in flight when the life before ended may be done again; nothing that came before it.
            const first = life[0] ?? 0;
            assert.ok(first === next || first === next - 1, `goes on with ${first} where ${next} is next`);
            assert.deepEqual(
              life,
              Array.from(life, (_, at) => first + at),
            );
            next = first + life.length;
          }
          assert.equal(next, items);
        } finally {
          made.remove();
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a kind that stops without being asked has failed', async (context) => {
  const lazy = jobKind({
    ...countingKind(() => {}),
    async run() {
      throw new JobStopped();
    },
  });
  const { jobs } = bench(context).open([lazy]);
  assert.equal((await jobs.ended((await jobs.enqueue(count('a', 1))).id)).state, 'failed');
  await jobs.close();
});
