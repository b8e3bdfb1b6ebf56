import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@sd/client/client.ts';
import type { JobInfo } from '@sd/core/jobs/job-manager.ts';

/** What a life can do with jobs. A kind that comes is one line here; a method the daemon does not have is left out. */
const WORK: readonly {
  readonly method: string;
  params(location: string, random: Random, spare: string): Readonly<Record<string, unknown>>;
}[] = [
  { method: 'action:locations.rescan', params: (location, random) => ({ location, full: random(3) === 0 }) },
  { method: 'action:content.verify_duplicates', params: () => ({}) },
  { method: 'action:locations.verify', params: (location, random) => ({ location, content: random(2) === 0 }) },
  {
    method: 'action:locations.update',
    params: (location, random) => ({ location, mode: ['content', 'deep'][random(2)] }),
  },
  { method: 'action:sidecars.make', params: (location) => ({ location }) },
  { method: 'action:sidecars.sweep', params: () => ({}) },
  {
    method: 'action:library.export',
    params: (location, random, spare) => ({
      location,
      format: ['csv', 'ndjson'][random(2)],
      path: `${spare}-${random(1e9)}.export`,
    }),
  },
  // A folder that comes and goes, for the sweep of what it held.
  { method: 'action:locations.add', params: (_location, _random, path) => ({ path }) },
  { method: 'action:locations.remove', params: (_location, _random, spare) => ({ location: spare }) },
];

/** A whole number below. */
export type Random = (below: number) => number;

const GOING_ON = ['running', 'queued', 'paused'] as const;
/** What a random moment may answer: the job has ended by now, the location is being removed, … */
const IN_ORDER: ReadonlySet<string> = new Set([
  'CONFLICT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONNECTION_CLOSED',
  'SHUTTING_DOWN',
]);
/** For a job that does not end. */
const PATIENCE_MS = 120_000;

/** What the answer said: that it is so, or that the job was asked to; then it may have been done before it heard of it. */
type Told = 'is' | 'asked';

/** Starts jobs, pauses, resumes, cancels and retries them until the connection is gone or it is told to leave off. */
export class JobDriver {
  /** Jobs a life was told to be paused, by their ids: they must be so in the next. */
  readonly paused = new Map<string, Told>();
  /** The same for cancelled ones, which must never go on. */
  readonly cancelled = new Map<string, Told>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Holds the jobs a new life found against what the last one was told. Throws where a promise was broken. `kept`: the
   * location that is never removed; another takes its jobs with it.
   */
  async look(client: Client, kept: string): Promise<void> {
    const { jobs } = await client.call('query:jobs.list', {});
    for (const { id, kind, state, error, input } of jobs) {
      const wished = this.paused.has(id) ? 'paused' : this.cancelled.has(id) ? 'cancelled' : state;
      const inTime = state === 'completed' && (this.paused.get(id) ?? this.cancelled.get(id)) === 'asked';
      const removed = state === 'cancelled' && input['location'] !== undefined && input['location'] !== kept;
      // Killed before it could answer, the daemon may have done what it was asked last, or not.
      const unanswered = state === 'cancelled' && id === this.#cancelling;
      if (state !== wished && !inTime && !removed && !unanswered)
        throw new Error(`${kind} was to be ${wished}, and is ${state}`);
      // A location that was removed takes its jobs with it; nothing else may fail.
      if (state === 'failed' && error?.code !== 'NOT_FOUND') throw new Error(`${kind} failed: ${error?.message}`);
    }
  }

  async drive(
    client: Client,
    { location, spare }: { location: string; spare: string },
    gone: AbortSignal,
  ): Promise<void> {
    const { methods } = (await client.request('rpc.discover')) as { methods: { name: string }[] };
    const work = WORK.filter(({ method }) => methods.some(({ name }) => name === method));
    while (!gone.aborted) {
      const next = work[this.#random(work.length)];
      if (!next) throw new Error('the daemon can do nothing of this');
      await inOrder(client.request(next.method, next.params(location, this.#random, spare)));
      if (this.#random(2) === 0) await this.#interfere(client);
      await wait(this.#random(60));
    }
  }

  /** Lets all jobs come to their end; answers how many there were. */
  async settle(client: Client): Promise<number> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const { jobs } = await client.call('query:jobs.list', { states: [...GOING_ON] });
      if (jobs.length === 0) return (await client.call('query:jobs.list', {})).jobs.length;
      if (performance.now() > deadline) throw new Error(`jobs do not end: ${JSON.stringify(jobs)}`);
      for (const { id, state } of jobs) {
        if (state !== 'paused') continue;
        this.paused.delete(id);
        await inOrder(client.call('action:jobs.resume', { id }));
      }
      await wait(50);
    }
  }

  /** Of the last word it was given, if it was to cancel. */
  #cancelling: string | undefined;

  async #interfere(client: Client): Promise<void> {
    const { jobs } = await client.call('query:jobs.list', {});
    const job = jobs[this.#random(Math.min(jobs.length, 6))];
    if (!job) return;
    const verb = (['pause', 'resume', 'cancel', 'retry'] as const)[this.#random(4)] ?? 'pause';
    if (verb === 'resume') this.paused.delete(job.id);
    if (verb === 'retry') this.cancelled.delete(job.id);
    this.#cancelling = verb === 'cancel' ? job.id : undefined;
    const answer = await inOrder(client.request(`action:jobs.${verb}`, { id: job.id }));
    const { state, stopping } = (answer as { result: JobInfo } | undefined)?.result ?? {};
    const told = stopping === verb ? 'asked' : 'is';
    if (verb === 'pause' && (state === 'paused' || stopping === verb)) this.paused.set(job.id, told);
    if (verb === 'cancel' && (state === 'cancelled' || stopping === verb)) {
      this.paused.delete(job.id);
      this.cancelled.set(job.id, told);
    }
  }
}

async function inOrder(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (IN_ORDER.has((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
