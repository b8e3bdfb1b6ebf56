import { asSdError, SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock, Log } from '../platform.ts';
import { canonical, unpack } from './codec.ts';
import type { JobInfo } from './job-manager.ts';
import type { JobKind } from './kind.ts';
import { type JobRecord, NO_PROGRESS, type StopRequest, hasEnded, toInfo } from './record.ts';
import { JobRun, type RunOutcome } from './run.ts';
import type { JobStore } from './store.ts';

/** How many ended jobs of a library are kept. */
export const HISTORY_LIMIT = 200;
/** How long `pause` and `cancel` wait to see a job stop before they answer that it has been asked to. */
const STOP_ANSWER_MS = 150;
/** How long a closing library waits for its jobs to come to a checkpoint; then they go on from the last one. */
export const CLOSE_GRACE_MS = 3_500;
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
  /** Those that have not ended, and those whose end is not on disk yet, in the order of asking. */
  readonly #jobs = new Map<string, JobRecord>();
  readonly #runs = new Map<string, { run: JobRun; settled: Promise<void> }>();
  readonly #unsaved = new Set<JobRecord>();
  readonly #waiters = new Map<string, { resolve: (job: JobInfo) => void; reject: (error: SdError) => void }[]>();
  #cancelRetry: (() => void) | undefined;
  #closing = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.library = parts.library;
    for (const job of parts.store.notEnded()) {
      this.#jobs.set(job.id, job);
      this.#recover(job);
    }
  }

  queued(): JobRecord[] {
    return this.#closing ? [] : [...this.#jobs.values()].filter(({ state }) => state === 'queued');
  }
  running(): JobRecord[] {
    return [...this.#jobs.values()].filter(({ state }) => state === 'running');
  }

  /** In the order of asking. */
  list(): JobInfo[] {
    const ended = this.#parts.store.ended().filter(({ id }) => !this.#jobs.has(id));
    return [...ended, ...this.#jobs.values()].map((job) => this.#info(job));
  }
  find(id: string): JobInfo | undefined {
    const job = this.#jobs.get(id) ?? this.#parts.store.find(id);
    return job && this.#info(job);
  }

  enqueue(request: { kind: JobKind; subject: string; input: JobRecord['input'] }): JobInfo {
    if (this.#closing) throw closing();
    const equal = this.#equal(request.kind, request.input);
    if (equal) return this.#info(equal);
    const job: JobRecord = {
      id: this.#parts.newId(),
      kind: request.kind.name,
      version: request.kind.version,
      subject: request.subject,
      input: request.input,
      created_at: this.#parts.clock.now(),
      state: 'queued',
      stop: undefined,
      checkpoint: undefined,
      progress: NO_PROGRESS,
      result: undefined,
      error: undefined,
      started_at: undefined,
      ended_at: undefined,
    };
    this.#parts.store.insert(job);
    this.#jobs.set(job.id, job);
    this.#publish(job, 'created');
    this.#parts.onReady();
    return this.#info(job);
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
      save: () => this.#parts.store.update(job),
      show: () => this.#publish(job, 'progress'),
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
      return this.#info(job);
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
    return this.#info(job);
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
    return this.#info(job);
  }

  ended(id: string): Promise<JobInfo> {
    const job = this.#jobs.get(id);
    if (!job || hasEnded(job)) return Promise.resolve(this.find(id) ?? noJob(id));
    return new Promise((resolve, reject) =>
      this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), { resolve, reject }]),
    );
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
    for (const waiters of this.#waiters.values()) for (const { reject } of waiters) reject(closing());
    this.#waiters.clear();
    this.#parts.store.close();
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
    if (this.#runs.size === 0) this.#parts.store.tidy();
  }

  #failed(job: JobRecord, error: SdError): void {
    const { code, message } = error;
    this.#parts.log.error('a job failed', {
      job: job.id,
      kind: job.kind,
      code,
      message,
      cause: error.cause instanceof Error ? error.cause.stack : undefined,
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
    const info = this.#info(job);
    for (const { resolve } of this.#waiters.get(job.id) ?? []) resolve(info);
    this.#waiters.delete(job.id);
  }

  #become(job: JobRecord, state: 'queued' | 'paused'): void {
    job.state = state;
    this.#changed(job);
  }

  /** To disk, then to whoever listens. A disk that does not take it does not stop the job: memory knows, and tries again. */
  #changed(job: JobRecord): void {
    try {
      this.#parts.store.update(job);
      this.#unsaved.delete(job);
      if (hasEnded(job)) this.#forget(job);
    } catch (error) {
      this.#unsaved.add(job);
      this.#parts.log.error('the state of a job could not be saved; it is tried again', {
        job: job.id,
        error: asSdError(error).message,
      });
      this.#retryLater();
    }
    this.#publish(job, 'updated');
  }

  #forget(job: JobRecord): void {
    this.#jobs.delete(job.id);
    const ids = this.#parts.store.forgetEnded(HISTORY_LIMIT);
    if (ids.length > 0)
      this.#parts.events.publish({ resource: 'job', change: 'deleted', library: this.library.id, ids });
  }

  #publish(job: JobRecord, change: 'created' | 'updated' | 'progress'): void {
    this.#parts.events.publish({
      resource: 'job',
      change,
      library: this.library.id,
      ids: [job.id],
      data: { job: this.#info(job) },
    });
  }

  #retryLater(): void {
    if (this.#closing || this.#cancelRetry) return;
    this.#cancelRetry = this.#parts.clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      for (const job of [...this.#unsaved]) this.#changed(job);
      const waiting = [...this.#jobs.values()].filter(waitsForFault);
      if (this.#parts.hasRoom()) for (const job of waiting) this.resume(job.id);
      else if (waiting.length > 0) this.#retryLater();
    });
  }

  #equal(kind: JobKind, input: unknown): JobRecord | undefined {
    const wanted = canonical(input);
    return [...this.#jobs.values()].find(
      (job) => job.kind === kind.name && !hasEnded(job) && job.stop !== 'cancel' && canonical(job.input) === wanted,
    );
  }

  #notEnded(id: string): JobRecord {
    const job = this.#jobs.get(id);
    if (job && !hasEnded(job)) return job;
    const ended = this.find(id) ?? noJob(id);
    throw new SdError('CONFLICT', `the job has ended already: ${ended.state}`, { state: ended.state });
  }

  /** What a job that goes no further has done, as far as its kind can say. */
  #left(job: JobRecord): unknown {
    const kind = this.#parts.kinds.get(job.kind);
    if (!kind?.left || !job.checkpoint || job.version !== kind.version) return undefined;
    const state = kind.state.safeParse(unpack(job.checkpoint));
    return state.success ? kind.left(state.data) : undefined;
  }

  #info(job: JobRecord): JobInfo {
    const run = this.#runs.get(job.id)?.run;
    return toInfo(run ? { ...job, progress: run.progress } : job, this.library.id);
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
