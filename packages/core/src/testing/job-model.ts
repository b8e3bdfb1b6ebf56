import assert from 'node:assert/strict';
import { SdError } from '../errors.ts';
import { type JobInfo, type JobPriority, JOB_PRIORITIES, isEnd } from '../jobs/job-manager.ts';
import { JobStopped } from '../jobs/kind.ts';
import type { Clock } from '../platform.ts';
import { type OpenJobs, LIBRARY_ID, countingKind, dyingSqlite, jobBench, realClock } from './job-fixture.ts';

/** What is done to the jobs; `job` picks one of those there are, by its number modulo how many. */
export type Step =
  | {
      readonly do: 'enqueue';
      readonly priority: JobPriority;
      readonly group: number;
      readonly items: number;
      readonly after?: number;
      readonly fault: Fault;
    }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'retry'; readonly job: number }
  | { readonly do: 'work'; readonly turns: number }
  | { readonly do: 'limit'; readonly atOnce: number }
  | { readonly do: 'kill' | 'restart' };
/** Of the item in the middle: none, once of a kind that passes, or for good. */
export type Fault = 'none' | 'passing' | 'lasting';

interface Expected {
  readonly items: number;
  readonly fault: Fault;
  readonly group: string;
  readonly after: string | undefined;
  readonly done: number[];
  /** Items below are stored as done: none of them may be done again. */
  stored: number;
  failed: boolean;
  wish: 'paused' | 'cancelled' | undefined;
}

/** Everything a thousand times as quick: a wait of five seconds takes five milliseconds. A dead process waits for nothing. */
function quickClock(dead: () => boolean): Clock {
  return {
    ...realClock,
    after: (milliseconds, call) => realClock.after(milliseconds / 1_000, () => void (dead() || call())),
  };
}

/** The jobs of one library through lives of a process, held against what they were asked to do. */
export class JobModel {
  readonly #bench = jobBench();
  readonly #expected = new Map<string, Expected>();
  readonly #ids: string[] = [];
  #disk = dyingSqlite(Infinity, false);
  #open: OpenJobs;
  #atOnce = 2;

  constructor() {
    this.#open = this.#start();
  }

  async take(step: Step): Promise<void> {
    const { jobs } = this.#open;
    if (step.do === 'enqueue') return this.#enqueue(step);
    if (step.do === 'work') for (let turn = 0; turn < step.turns; turn++) await nextTurn();
    else if (step.do === 'limit') {
      this.#atOnce = step.atOnce;
      jobs.limitsChanged();
    } else if (step.do === 'kill') {
      this.#disk.kill();
      // What the dead process still has in hand comes to nothing.
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      this.#disk.close();
      this.#disk = dyingSqlite(Infinity, false);
      this.#open = this.#start();
    } else if (step.do === 'restart') {
      await jobs.close();
      this.#open = this.#start();
    } else if ('job' in step && this.#ids.length > 0)
      await this.#tell(step.do, this.#ids[step.job % this.#ids.length] ?? '');
  }

  /** Lets everything come to its end, and holds each job against what was asked of it. */
  async settle(): Promise<void> {
    const { jobs } = this.#open;
    const going = (): JobInfo[] => jobs.list().filter(({ state }) => !isEnd(state));
    for (const job of going()) {
      if (job.state !== 'paused') continue;
      assert.equal(this.#of(job).wish, 'paused', `${job.subject} was paused by nobody`);
      await this.#tell('resume', job.id);
    }
    const deadline = performance.now() + 20_000;
    while (going().length > 0) {
      assert.ok(performance.now() < deadline, `it goes no further: ${JSON.stringify(going())}`);
      await nextTurn();
    }
    for (const job of jobs.list()) this.#judge(job);
    await jobs.close();
  }

  remove(): void {
    this.#disk.close();
    this.#bench.remove();
  }

  #judge(job: JobInfo): void {
    const expected = this.#of(job);
    const { items, done } = expected;
    if (job.state === 'completed') {
      assert.deepEqual(
        [...new Set(done)],
        Array.from({ length: items }, (_, item) => item),
        `${job.subject} lost one`,
      );
      assert.notEqual(expected.fault, 'lasting');
    } else if (job.state === 'cancelled') {
      assert.ok(expected.wish === 'cancelled' || this.#endedBefore(expected), `${job.subject} was cancelled by nobody`);
    } else {
      assert.ok(expected.fault === 'lasting' || this.#endedBefore(expected), `${job.subject}: ${job.error?.message}`);
    }
  }
  #endedBefore({ after }: Expected): boolean {
    return after !== undefined;
  }

  async #enqueue(step: Extract<Step, { do: 'enqueue' }>): Promise<void> {
    const name = `${step.group}:${this.#ids.length}`;
    const after = step.after === undefined ? undefined : this.#ids[step.after % Math.max(1, this.#ids.length)];
    this.#expected.set(name, {
      items: step.items,
      fault: step.fault,
      group: String(step.group),
      after,
      done: [],
      stored: 0,
      failed: false,
      wish: undefined,
    });
    const request = {
      library: LIBRARY_ID,
      kind: 'test.count',
      subject: name,
      input: { name, items: step.items },
      priority: step.priority,
      ...(after ? { after: [after] } : {}),
    };
    const job = await this.#open.jobs.enqueue(request).catch(refused);
    if (job) this.#ids.push(job.id);
    else this.#expected.delete(name);
  }

  async #tell(verb: 'pause' | 'resume' | 'cancel' | 'retry', id: string): Promise<void> {
    const job = await this.#open.jobs[verb](id).catch(refused);
    if (!job) return;
    const expected = this.#of(job);
    if (verb === 'resume' || verb === 'retry') {
      // Cancelled it stays, whatever else is asked.
      if (verb === 'retry' || expected.wish === 'paused') expected.wish = undefined;
    } else if (job.stopping === verb || job.state === WISHED[verb]) expected.wish = WISHED[verb];
  }

  #of({ subject }: Pick<JobInfo, 'subject'>): Expected {
    const expected = this.#expected.get(subject);
    assert.ok(expected, `nobody asked for ${subject}`);
    return expected;
  }

  #start(): OpenJobs {
    const disk = this.#disk;
    const open = this.#bench.open([this.#kind(disk.dead)], {
      sqlite: disk.sqlite,
      clock: quickClock(disk.dead),
      atOnce: () => this.#atOnce,
    });
    open.events.subscribe(({ data, change }) => {
      const job = data?.['job'] as JobInfo | undefined;
      if (!disk.dead() && job?.state === 'running' && change === 'updated' && !job.stopping) this.#started(open, job);
    });
    return open;
  }

  /** Does items one by one; each takes a turn or two. */
  #kind(dead: () => boolean) {
    return countingKind(() => {}, {
      exclusive: ({ name }) => name.split(':')[0],
      run: async (context, { next }) => {
        const { name, items } = context.input;
        const expected = this.#of({ subject: name });
        for (let item = next; item < items; item++) {
          if (dead()) return new Promise(() => {});
          assert.ok(item >= expected.stored, `${name} does ${item} again, which was stored`);
          expected.done.push(item);
          await nextTurn();
          if (item === items >> 1) this.#meet(expected, dead);
          this.#store(expected, item + 1, () => context.checkpoint({ next: item + 1 }));
        }
        return { counted: items };
      },
    });
  }

  #meet(expected: Expected, dead: () => boolean): void {
    if (dead() || expected.fault === 'none' || (expected.fault === 'passing' && expected.failed)) return;
    expected.failed = true;
    throw new SdError(expected.fault === 'passing' ? 'IO' : 'NOT_READABLE', 'a fault');
  }

  #store(expected: Expected, next: number, checkpoint: () => void): void {
    try {
      checkpoint();
      expected.stored = next;
    } catch (error) {
      if (error instanceof JobStopped) expected.stored = Math.max(expected.stored, next);
      throw error;
    }
  }

  /** Holds a start against the rules: limits, keys, dependencies, turn. */
  #started({ jobs }: OpenJobs, job: JobInfo): void {
    const all = jobs.list();
    const others = all.filter(({ id, state }) => state === 'running' && id !== job.id);
    const mine = this.#of(job);
    assert.ok(others.length < this.#atOnce, 'more run than may');
    assert.ok(!others.some((other) => this.#of(other).group === mine.group), 'two of one key run');
    assert.equal(job.after, undefined, 'it waits for others');
    if (mine.after !== undefined) assert.equal(all.find(({ id }) => id === mine.after)?.state, 'completed');
    for (const waiting of all) {
      const isReady = waiting.state === 'queued' && !waiting.after && waiting.next_try_at === undefined;
      if (!isReady || rank(waiting) >= rank(job)) continue;
      const blocked = others.some((other) => this.#of(other).group === this.#of(waiting).group);
      assert.ok(blocked, `${waiting.subject} (${waiting.priority}) should have started before ${job.subject}`);
    }
  }
}

const WISHED = { pause: 'paused', cancel: 'cancelled' } as const;

function rank({ priority }: JobInfo): number {
  return JOB_PRIORITIES.indexOf(priority);
}

/** What the state of a job does not allow is refused; anything else is a fault. */
function refused(error: unknown): undefined {
  assert.ok(error instanceof SdError && error.code === 'CONFLICT', String(error));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
