import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock, Log } from '../platform.ts';
import { JobBook } from './book.ts';
import { canonical } from './codec.ts';
import type { JobInfo } from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type JobRecord, type StopRequest, newRecord } from './record.ts';
import { JobRun, type RunOutcome, leftOf } from './run.ts';
import type { JobStore } from './store.ts';
import { Waiters } from './waiters.ts';

/** How long `pause` and `cancel` wait to see a job stop before they answer that it has been asked to. */
const STOP_ANSWER_MS = 150;
/** How long a closing library waits for its jobs to come to a checkpoint; then they go on from the last one. */
const CLOSE_GRACE_MS = 3_500;
/** How often a job that waits for a fault to pass is tried again. */
const RETRY_MS = 30_000;
/** What passes by itself, or when somebody makes room. */
const PASSING: ReadonlySet<string> = new Set(['DISK_FULL']);

export interface EngineParts {
  readonly library: Library;
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly newId: () => string;
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
  readonly #runs = new Map<string, { run: JobRun; settled: Promise<void> }>();
  readonly #waiters = new Waiters();
  #cancelRetry: (() => void) | undefined;
  #closing = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.library = parts.library;
    this.#book = new JobBook({ ...parts, library: parts.library.id });
    for (const job of this.#book.notEnded()) this.#recover(job);
  }

  queued(): JobRecord[] {
    return this.#closing ? [] : this.#book.notEnded().filter(({ state }) => state === 'queued');
  }
  running(): JobRecord[] {
    return this.#book.notEnded().filter(({ state }) => state === 'running');
  }
  /** In the order of asking; reading the ended ones takes a moment. */
  list(ended: boolean): JobInfo[] {
    return this.#book.list(ended);
  }
  find(id: string): JobInfo | undefined {
    return this.#book.find(id);
  }

  enqueue(request: { kind: JobKind; subject: string; input: JobRecord['input'] }): JobInfo {
    if (this.#closing) throw closing();
    const equal = this.#equal(request.kind, request.input);
    if (equal) return this.#book.info(equal);
    const { name, version } = request.kind;
    const job = newRecord({
      id: this.#parts.newId(),
      kind: name,
      version,
      subject: request.subject,
      input: request.input,
      now: this.#parts.clock.now(),
    });
    this.#book.add(job);
    this.#parts.onReady();
    return this.#book.info(job);
  }

  start(job: JobRecord): void {
    const kind = this.#parts.kinds.get(job.kind);
    if (!kind) {
      this.#end(job, 'failed', {
        error: {
          code: 'NOT_FOUND',
          message: `this version has no jobs of the kind ${job.kind}; a newer one may, or an extension that is gone`,
        },
      });
      return;
    }
    job.state = 'running';
    job.error = undefined;
    job.started_at ??= this.#parts.clock.now();
    this.#changed(job);
    const run = new JobRun({
      job,
      kind,
      library: this.library,
      clock: this.#parts.clock,
      log: this.#parts.log.child({ job: job.id, kind: job.kind }),
      save: () => this.#book.checkpoint(job),
      show: () => this.#book.show(job),
    });
    this.#runs.set(job.id, { run, settled: run.outcome.then((outcome) => this.#settle(job, outcome)) });
  }

  async stop(id: string, request: StopRequest): Promise<JobInfo> {
    const job = this.#notEnded(id);
    const running = this.#runs.get(id);
    if (!running) {
      job.error = undefined;
      if (request === 'cancel') this.#end(job, 'cancelled', { result: this.#left(job) });
      else this.#become(job, 'paused');
      return this.#book.info(job);
    }
    // Cancelled stays cancelled: it cannot be turned into a pause.
    if (job.stop !== 'cancel' && job.stop !== request) {
      job.stop = request;
      this.#changed(job);
    }
    running.run.stop();
    await Promise.race([
      running.settled,
      new Promise<void>((resolve) => void this.#parts.clock.after(STOP_ANSWER_MS, resolve)),
    ]);
    return this.#book.info(job);
  }

  resume(id: string): JobInfo {
    const job = this.#notEnded(id);
    if (job.stop === 'pause') {
      // It has been told to stop and will; then it queues again.
      job.stop = undefined;
      this.#changed(job);
    } else if (job.state === 'paused') {
      job.error = undefined;
      this.#become(job, 'queued');
      this.#parts.onReady();
    }
    return this.#book.info(job);
  }

  async ended(id: string): Promise<JobInfo> {
    return this.#book.get(id) ? this.#waiters.wait(id) : (this.find(id) ?? noJob(id));
  }

  /** Brings running jobs to a checkpoint and lets go of the file. They go on when the library is opened again. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelRetry?.();
    for (const { run } of this.#runs.values()) run.stop();
    let cancelGrace = (): void => {};
    const grace = new Promise<void>((resolve) => (cancelGrace = this.#parts.clock.after(CLOSE_GRACE_MS, resolve)));
    await Promise.race([Promise.all([...this.#runs.values()].map(({ settled }) => settled)), grace]);
    cancelGrace();
    for (const [id, { run }] of this.#runs) {
      run.abandon();
      this.#parts.log.warn('a job did not stop in time; it will go on from its last checkpoint', { job: id });
    }
    this.#runs.clear();
    this.#waiters.giveUp(closing());
    this.#book.saveAgain();
    this.#book.close();
  }

  /** A job that was running when the process ended goes on, unless it had been told to stop. */
  #recover(job: JobRecord): void {
    const interrupted = job.state === 'running';
    if (!interrupted && !waitsForFault(job)) return;
    const stop = job.stop;
    job.stop = job.error = undefined;
    if (stop === 'cancel') this.#end(job, 'cancelled', { result: this.#left(job) });
    else this.#become(job, stop === 'pause' ? 'paused' : 'queued');
  }

  #settle(job: JobRecord, outcome: RunOutcome): void {
    // A run cut off by `close` settles later: the store is closed, and the next opening decides.
    if (this.#closing && !this.#runs.has(job.id)) return;
    const stop = job.stop;
    this.#runs.delete(job.id);
    job.stop = undefined;
    if (outcome.type === 'completed') this.#end(job, 'completed', { result: outcome.result });
    else if (stop === 'cancel') this.#end(job, 'cancelled', { result: this.#left(job) });
    else if (outcome.type === 'stopped') this.#become(job, stop === 'pause' ? 'paused' : 'queued');
    else this.#failed(job, outcome.error);
    this.#parts.onReady();
    if (this.#runs.size === 0) this.#book.tidy();
  }

  #failed(job: JobRecord, error: SdError): void {
    const { code, message } = error;
    this.#parts.log.error('a job failed', {
      job: job.id,
      kind: job.kind,
      code,
      message,
      cause: error.cause instanceof Error ? error.cause.stack : error.cause,
    });
    if (!PASSING.has(code)) return this.#end(job, 'failed', { error: { code, message } });
    job.error = { code, message };
    this.#become(job, 'paused');
    this.#retryLater();
  }

  #end(
    job: JobRecord,
    state: 'completed' | 'failed' | 'cancelled',
    as: Pick<Partial<JobRecord>, 'result' | 'error'>,
  ): void {
    job.state = state;
    job.result = as.result;
    job.error = as.error;
    job.checkpoint = undefined;
    job.ended_at = this.#parts.clock.now();
    this.#changed(job);
    this.#waiters.ended(this.#book.info(job));
  }

  #become(job: JobRecord, state: 'queued' | 'paused'): void {
    job.state = state;
    this.#changed(job);
  }

  #changed(job: JobRecord): void {
    this.#book.changed(job);
    if (this.#book.hasUnsaved) this.#retryLater();
  }

  #retryLater(): void {
    if (this.#closing || this.#cancelRetry) return;
    this.#cancelRetry = this.#parts.clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#book.saveAgain();
      const waiting = this.#book.notEnded().filter(waitsForFault);
      if (this.#parts.hasRoom()) for (const job of waiting) this.resume(job.id);
      if (this.#book.hasUnsaved || this.#book.notEnded().some(waitsForFault)) this.#retryLater();
    });
  }

  #equal(kind: JobKind, input: unknown): JobRecord | undefined {
    const wanted = canonical(input);
    return this.#book
      .notEnded()
      .find((job) => job.kind === kind.name && job.stop !== 'cancel' && canonical(job.input) === wanted);
  }

  #notEnded(id: string): JobRecord {
    if (this.#closing) throw closing();
    const job = this.#book.get(id);
    if (job) return job;
    const ended = this.find(id) ?? noJob(id);
    throw new SdError('CONFLICT', `the job has ended already: ${ended.state}`, { state: ended.state });
  }

  #left(job: JobRecord): unknown {
    const kind = this.#parts.kinds.get(job.kind);
    return kind && leftOf(kind, job);
  }
}

function waitsForFault(job: JobRecord): boolean {
  return job.state === 'paused' && job.error !== undefined;
}

function closing(): SdError {
  return new SdError('SHUTTING_DOWN', 'the library is being closed; its jobs go on when it is opened again');
}

export function noJob(id: string): never {
  throw new SdError('NOT_FOUND', `no job ${id} in the open libraries`, { way_out: 'sd rpc query:jobs.list' });
}
