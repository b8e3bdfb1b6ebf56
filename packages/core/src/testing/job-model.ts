import assert from 'node:assert/strict';
import { SdError } from '../errors.ts';
import { type JobInfo, type JobPriority, JOB_PRIORITIES, isEnd } from '../jobs/job-manager.ts';
import { JobStopped } from '../jobs/kind.ts';
import type { Clock } from '../ports/clock.ts';
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
      /** Its first item takes longer than `pause` and `cancel` wait for an answer. */
      readonly slow: boolean;
    }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'retry'; readonly job: number }
  | { readonly do: 'work'; readonly turns: number }
  | { readonly do: 'limit'; readonly atOnce: number }
  | { readonly do: 'kill' | 'restart' };
/** Of the item in the middle: none, once of a kind that passes, or for good. */
export type Fault = 'none' | 'passing' | 'lasting';

interface Expected {
  readonly items: number;
  readonly slow: boolean;
  readonly fault: Fault;
  readonly group: string;
  readonly after: string | undefined;
  readonly done: number[];
  /** Items below are stored as done: none of them may be done again. */
  stored: number;
  failed: boolean;
  wish: 'paused' | 'cancelled' | undefined;
}

/** The patience of a library that closes, which stays: what is cut off may do an item again. */
const CLOSING_MS = 3_500;
/** All else a thousand times as quick: five seconds are five milliseconds. A dead process waits for nothing. */
function quickClock(dead: () => boolean): Clock {
  return {
    ...realClock,
    after: (milliseconds, call) =>
      realClock.after(milliseconds === CLOSING_MS ? milliseconds : milliseconds / 1_000, () => void (dead() || call())),
  };
}

/** The jobs of one library through lives of a process, held against what they were asked to do. */
export class JobModel {
  readonly #bench = jobBench();
  readonly #expected = new Map<string, Expected>();
  readonly #ids: string[] = [];
  /** Rules that were broken where an exception would be taken for a fault of the job. */
  readonly #broken: string[] = [];
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
    const deadline = performance.now() + 20_000;
    for (let left = going(); left.length > 0; left = going()) {
      assert.ok(performance.now() < deadline, `it goes no further: ${JSON.stringify(left)}`);
      for (const job of left) {
        if (job.state !== 'paused') continue;
        assert.equal(this.#of(job).wish, 'paused', `${job.subject} was paused by nobody`);
        await this.#tell('resume', job.id);
      }
      await nextTurn();
    }
    for (const job of jobs.list()) this.#judge(job);
    assert.deepEqual(this.#broken, []);
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
      assert.notEqual(expected.wish, 'cancelled', `${job.subject} was to be cancelled`);
    } else if (!job.error?.message.startsWith('the job it waits for')) {
      if (job.state === 'cancelled') assert.equal(expected.wish, 'cancelled', `${job.subject} was cancelled by nobody`);
      else assert.equal(expected.fault, 'lasting', `${job.subject}: ${job.error?.message}`);
    }
  }
  #hold(rule: boolean, broken: string): void {
    if (!rule) this.#broken.push(broken);
  }

  async #enqueue(step: Extract<Step, { do: 'enqueue' }>): Promise<void> {
    const name = `${step.group}:${this.#ids.length}`;
    const after = step.after === undefined ? undefined : this.#ids[step.after % Math.max(1, this.#ids.length)];
    this.#expected.set(name, {
      items: step.items,
      slow: step.slow,
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
    const expected = this.#of(this.#open.jobs.info(id));
    const { wish } = expected;
    // It may go on before the answer is here. Cancelled it stays, whatever else is asked.
    if (verb === 'retry' || (verb === 'resume' && wish === 'paused')) expected.wish = undefined;
    const job = await this.#open.jobs[verb](id).catch(refused);
    if (!job) expected.wish = wish;
    else if ((verb === 'pause' || verb === 'cancel') && (job.stopping === verb || job.state === WISHED[verb]))
      expected.wish = WISHED[verb];
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
          this.#hold(item >= expected.stored, `${name} does ${item} again, which was stored`);
          this.#hold(expected.wish === undefined, `${name} goes on, and was to be ${expected.wish}`);
          expected.done.push(item);
          await (item === 0 && expected.slow ? aMoment() : nextTurn());
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
    this.#hold(others.length < this.#atOnce, 'more run than may');
    this.#hold(!others.some((other) => this.#of(other).group === mine.group), 'two of one key run');
    this.#hold(job.after === undefined, 'it waits for others');
    if (mine.after !== undefined)
      this.#hold(all.find(({ id }) => id === mine.after)?.state === 'completed', 'what it waits for has not completed');
    for (const waiting of all) {
      const isReady = waiting.state === 'queued' && !waiting.after && waiting.next_try_at === undefined;
      if (!isReady || rank(waiting) >= rank(job)) continue;
      const blocked = others.some((other) => this.#of(other).group === this.#of(waiting).group);
      this.#hold(blocked, `${waiting.subject} (${waiting.priority}) should have started before ${job.subject}`);
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

/** More than a stop waits for, a thousand times as quick. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 4));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
