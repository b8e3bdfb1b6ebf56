import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { JobBook } from './book.ts';
import { JobLogs } from './job-logs.ts';
import { type EndedState, type JobInfo, type JobLogLine, isEnd } from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type JobRecord, type StopRequest, isReady } from './record.ts';
import { recoverJobs } from './recovery.ts';
import { type JobAsked, requestAgain, requestJob } from './requests.ts';
import { Retries } from './retries.ts';
import { JobRun, type RunOutcome } from './run.ts';
import { RunningJobs } from './running-jobs.ts';
import type { JobStore } from './store.ts';
import { Transitions } from './transitions.ts';
import { Waiters } from './waiters.ts';

/** How long `pause` and `cancel` wait to see a job stop before they answer that it has been asked to. */
const STOP_ANSWER_MS = 150;
/** How often what could not be saved is tried again. */
const SAVE_AGAIN_MS = 30_000;

export interface EngineParts {
  readonly library: Library;
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly newId: () => string;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Whether a job that met a full disk is worth another try. */
  readonly hasRoom: () => boolean;
  /** Called when a job may have become able to start. */
  readonly onReady: () => void;
}

/** The jobs of one open library: their states, their runs, and what of them is on disk. */
export class JobEngine {
  readonly library: Library;
  readonly #parts: EngineParts;
  readonly #book: JobBook;
  readonly #logs: JobLogs;
  readonly #retries: Retries;
  readonly #waiters = new Waiters();
  readonly #running = new RunningJobs();
  readonly #to: Transitions;
  #cancelSaveAgain: (() => void) | undefined;
  #closing = false;

  constructor(parts: EngineParts) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.library = parts.library;
    this.#book = new JobBook({ ...parts, library: parts.library.id });
    this.#logs = new JobLogs({ table: parts.store.logTable, clock, log });
    this.#retries = new Retries({
      ...parts,
      ready: (job) => this.#tryAgain(job),
      changed: (job) => this.#to.changed(job),
    });
    this.#to = new Transitions({
      ...parts,
      book: this.#book,
      logs: this.#logs,
      retries: this.#retries,
      waiters: this.#waiters,
      saved: () => this.#saved(),
    });
    recoverJobs(this.#book, this.#to, this.#logs);
  }

  /** Those that could start now. */
  ready(): JobRecord[] {
    return this.#closing ? [] : this.#book.notEnded().filter(isReady);
  }
  running(): JobRecord[] {
    return this.#book.notEnded().filter(({ state }) => state === 'running');
  }
  isStopping(job: JobRecord): boolean {
    return this.#running.isStopping(job.id);
  }
  /** In the order of asking; reading the ended ones takes a moment. */
  list(ended: boolean): JobInfo[] {
    return this.#book.list(ended);
  }
  find(id: string): JobInfo | undefined {
    return this.#book.find(id);
  }
  log(id: string, range: { after?: number; limit: number }): JobLogLine[] {
    return this.#logs.read(id, range);
  }

  enqueue(asked: JobAsked): JobInfo {
    if (this.#closing) throw closing();
    const job = requestJob(asked, this.#book, this.#to, this.#parts);
    this.#parts.onReady();
    return this.#book.info(job);
  }

  start(job: JobRecord): void {
    const { kinds, clock, log } = this.#parts;
    const kind = kinds.get(job.kind);
    if (!kind) {
      const message = `this version has no jobs of the kind ${job.kind}; a newer one may, or an extension that is gone`;
      return this.#to.refuse(job, 'NOT_FOUND', message);
    }
    job.state = 'running';
    job.error = undefined;
    job.started_at ??= clock.now();
    this.#logs.add(job.id, 'info', job.checkpoint ? 'goes on from its last checkpoint' : 'started');
    this.#to.changed(job);
    const began = clock.monotonic();
    const run = new JobRun({
      job,
      kind,
      library: this.library,
      clock,
      log: this.#logs.keeping(job.id, log.child({ job: job.id, kind: job.kind })),
      save: () => this.#book.checkpoint(job),
      show: () => this.#book.show(job),
    });
    this.#running.add(job.id, run, (outcome) => this.#settle(job, outcome, clock.monotonic() - began));
  }

  /** Brings a running job to its next checkpoint and queues it again: another needs its place. */
  giveWay(job: JobRecord, why: string): void {
    this.#logs.add(job.id, 'info', why);
    void this.#running.stop(job.id);
  }

  async stop(id: string, request: StopRequest): Promise<JobInfo> {
    const job = this.#notEnded(id);
    const settled = this.#running.stop(id);
    if (!settled) {
      if (request === 'cancel') this.#to.cancel(job);
      else this.#to.pause(job);
      return this.#book.info(job);
    }
    // Cancelled stays cancelled: it cannot be turned into a pause.
    if (job.stop !== 'cancel' && job.stop !== request) {
      job.stop = request;
      this.#to.changed(job);
    }
    await Promise.race([
      settled,
      new Promise<void>((resolve) => void this.#parts.clock.after(STOP_ANSWER_MS, resolve)),
    ]);
    return this.#book.info(job);
  }

  resume(id: string): JobInfo {
    const job = this.#notEnded(id);
    if (job.stop === 'pause') {
      // It has been told to stop and will; then it queues again.
      job.stop = undefined;
      this.#to.changed(job);
    } else if (job.state === 'paused') {
      job.error = undefined;
      this.#to.queue(job);
      this.#parts.onReady();
    }
    return this.#book.info(job);
  }

  retry(id: string): JobInfo {
    if (this.#closing) throw closing();
    const job = this.#book.record(id) ?? noJob(id);
    if (job.state === 'queued' && job.next_try_at !== undefined) {
      this.#retries.forget(job);
      this.#tryAgain(job);
      return this.#book.info(job);
    }
    const anew = requestAgain(job, this.#book, this.#parts.kinds);
    this.#logs.add(id, 'info', 'to be tried again');
    this.#parts.onReady();
    return this.#book.info(anew);
  }

  clearHistory(states: readonly EndedState[] | undefined): string[] {
    return this.#book.clear(states);
  }

  async ended(id: string): Promise<JobInfo> {
    return this.#book.get(id) ? this.#waiters.wait(id) : (this.find(id) ?? noJob(id));
  }

  /** Brings running jobs to a checkpoint and lets go of the file. They go on when the library is opened again. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelSaveAgain?.();
    this.#retries.stop();
    await this.#running.close(this.#parts.clock, this.#parts.log);
    this.#waiters.giveUp(closing());
    this.#logs.flush();
    this.#book.saveAgain();
    this.#book.close();
  }

  #settle(job: JobRecord, outcome: RunOutcome, ranMs: number): void {
    const { stop } = job;
    job.stop = undefined;
    if (outcome.type === 'completed') this.#to.complete(job, outcome.result);
    else if (stop === 'cancel') this.#to.cancel(job);
    else if (outcome.type === 'failed') this.#to.fail(job, outcome.error, ranMs);
    else if (stop !== 'pause') this.#to.queue(job);
    // Whoever paused it does not want it to go on by itself, whatever it met on its way out.
    if (stop === 'pause' && job.state !== 'completed' && job.state !== 'failed') this.#to.pause(job);
    this.#logs.flush();
    this.#parts.onReady();
    if (this.#running.size === 0) this.#book.tidy();
  }

  #tryAgain(job: JobRecord): void {
    this.#to.changed(job);
    this.#parts.onReady();
  }

  #saved(): void {
    if (!this.#book.hasUnsaved || this.#closing || this.#cancelSaveAgain) return;
    this.#cancelSaveAgain = this.#parts.clock.after(SAVE_AGAIN_MS, () => {
      this.#cancelSaveAgain = undefined;
      this.#book.saveAgain();
      this.#saved();
    });
  }

  #notEnded(id: string): JobRecord {
    if (this.#closing) throw closing();
    const job = this.#book.get(id);
    if (job) return job;
    const { state } = this.find(id) ?? noJob(id);
    throw new SdError('CONFLICT', `the job has ended already: ${state}`, {
      state,
      ...(isEnd(state) && state !== 'completed' ? { way_out: 'sd job retry lets it go on' } : {}),
    });
  }
}

function closing(): SdError {
  return new SdError('SHUTTING_DOWN', 'the library is being closed; its jobs go on when it is opened again');
}

export function noJob(id: string): never {
  throw new SdError('NOT_FOUND', `no job ${id} in the open libraries`, { way_out: 'sd job list' });
}
