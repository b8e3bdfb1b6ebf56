import type { ErrorCode, SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { LONGEST_WAIT_MS, MOST_ATTEMPTS } from './back-off.ts';
import type { JobBook } from './book.ts';
import type { JobLogs } from './job-logs.ts';
import type { EndedState, JobError } from './job-manager.ts';
import { type JobKind, TEMPORARY } from './kind.ts';
import type { JobRecord } from './record.ts';
import type { Retries } from './retries.ts';
import { discardHalf, leftOf } from './run.ts';
import type { Waiters } from './waiters.ts';

export interface TransitionParts {
  readonly book: JobBook;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly retries: Retries;
  readonly waiters: Waiters;
  readonly logs: JobLogs;
  readonly clock: Clock;
  readonly log: Log;
  /** A job changed, on disk or, where that was not possible, in memory only. */
  readonly saved: () => void;
}

/** From one state of a job to the next, with all that hangs on it: the disk, the jobs that wait for it, its log. */
export class Transitions {
  readonly #parts: TransitionParts;
  /** Jobs whose end has not been told to those that wait for them. */
  readonly #ends: JobRecord[] = [];

  constructor(parts: TransitionParts) {
    this.#parts = parts;
  }

  queue(job: JobRecord): void {
    job.state = 'queued';
    this.changed(job);
  }

  pause(job: JobRecord): void {
    this.#parts.retries.forget(job);
    job.state = 'paused';
    job.error = undefined;
    this.#parts.logs.add(job.id, 'info', 'paused');
    this.changed(job);
  }

  complete(job: JobRecord, result: unknown): void {
    job.checkpoint = undefined;
    job.attempts = 0;
    this.#end(job, 'completed', { result });
  }

  /** What it has done stays, and its checkpoint with it: it may be asked for again. What is half made goes. */
  cancel(job: JobRecord, error?: JobError): void {
    const kind = this.#parts.kinds.get(job.kind);
    try {
      if (kind) discardHalf(kind, job);
    } catch (fault) {
      this.#say(job, 'warn', 'what it had half made could not be taken away', { error: String(fault) });
    }
    this.#end(job, 'cancelled', { result: kind && leftOf(kind, job), error });
  }

  /** Waits for another try where the fault may pass and has not come too often; else the job has failed. */
  fail(job: JobRecord, fault: SdError, ranMs: number): void {
    const { code, message, data } = fault;
    const kind = this.#parts.kinds.get(job.kind);
    const error = { code, message, ...(typeof data['way_out'] === 'string' ? { way_out: data['way_out'] } : {}) };
    if (!(kind?.temporary ?? TEMPORARY).includes(code)) return this.#failed(job, error, fault);
    // Whoever worked that long has got over the faults before.
    job.attempts = ranMs > LONGEST_WAIT_MS ? 1 : job.attempts + 1;
    if (job.attempts >= MOST_ATTEMPTS) return this.#failed(job, error, fault);
    job.error = error;
    job.state = 'queued';
    const wait = this.#parts.retries.wait(job);
    this.#say(job, 'warn', `${message}; it is tried again in ${Math.round(wait / 1_000)} s`, {
      code,
      attempts: job.attempts,
    });
    this.changed(job);
  }

  /** Fails a job for good, whatever the fault. */
  refuse(job: JobRecord, code: ErrorCode, message: string): void {
    this.#failed(job, { code, message });
  }

  changed(job: JobRecord): void {
    this.#parts.book.changed(job);
    this.#parts.saved();
  }

  #failed(job: JobRecord, error: JobError, fault?: SdError): void {
    const cause = fault?.cause instanceof Error ? fault.cause.stack : fault?.cause;
    this.#parts.log.error('a job failed', {
      job: job.id,
      kind: job.kind,
      ...error,
      ...(cause === undefined ? {} : { cause }),
    });
    this.#parts.logs.add(job.id, 'error', `failed: ${error.message}`, { code: error.code });
    this.#end(job, 'failed', { error });
  }

  #end(
    job: JobRecord,
    state: EndedState,
    as: { readonly result?: unknown; readonly error?: JobError | undefined },
  ): void {
    this.#parts.retries.forget(job);
    job.state = state;
    job.stop = undefined;
    job.result = as.result;
    job.error = as.error;
    job.ended_at = this.#parts.clock.now();
    if (state !== 'failed') this.#parts.logs.add(job.id, 'info', as.error ? `${state}: ${as.error.message}` : state);
    this.#parts.logs.flush();
    this.changed(job);
    this.#parts.waiters.ended(this.#parts.book.info(job));
    this.#release(job);
  }

  /** One after the other: a long chain of jobs must not become a deep one of calls. */
  #release(job: JobRecord): void {
    this.#ends.push(job);
    if (this.#ends.length > 1) return;
    for (const ended of this.#ends)
      for (const dependant of this.#parts.book.notEnded())
        if (dependant.after.includes(ended.id)) this.released(dependant, ended);
    this.#ends.length = 0;
  }

  /** `other`, which `job` waits for, has ended. */
  released(job: JobRecord, other: JobRecord): void {
    if (other.state === 'completed') {
      job.after = job.after.filter((id) => id !== other.id);
      return this.changed(job);
    }
    // What itself ended with another has no reason of its own.
    const why = other.error && other.after.length === 0 ? `: ${other.error.message}` : '';
    const ended = other.state === 'failed' ? 'failed' : 'was cancelled';
    const message = `the job it waits for, ${other.kind} of "${other.subject}", ${ended}${why}`;
    if (other.state === 'cancelled') this.cancel(job, { code: 'CONFLICT', message });
    else this.refuse(job, 'CONFLICT', message);
  }

  #say(job: JobRecord, level: 'info' | 'warn', message: string, facts: Readonly<Record<string, unknown>>): void {
    this.#parts.log[level](message, { job: job.id, kind: job.kind, ...facts });
    this.#parts.logs.add(job.id, level, message, facts);
  }
}
