import { asSdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { Log } from '../ports/log.ts';
import { type EndedState, type JobInfo, ENDED_STATES } from './job-manager.ts';
import { type JobRecord, hasEnded, toInfo } from './record.ts';
import type { JobStore } from './store.ts';

/** How many ended jobs of a library are kept. */
const HISTORY_LIMIT = 200;

export interface BookParts {
  /** UUID. */
  readonly library: string;
  readonly store: JobStore;
  readonly events: EventBus;
  readonly log: Log;
}

/** The jobs of one library in memory, on disk, and in the ears of whoever listens. */
export class JobBook {
  readonly #parts: BookParts;
  /** Those that have not ended, and those whose end is not on disk yet, in the order of asking. */
  readonly #jobs = new Map<string, JobRecord>();
  readonly #unsaved = new Set<JobRecord>();

  constructor(parts: BookParts) {
    this.#parts = parts;
    for (const job of parts.store.notEnded()) this.#jobs.set(job.id, job);
  }

  /** In the order of asking. */
  notEnded(): JobRecord[] {
    return [...this.#jobs.values()].filter((job) => !hasEnded(job));
  }
  get(id: string): JobRecord | undefined {
    const job = this.#jobs.get(id);
    return job && !hasEnded(job) ? job : undefined;
  }
  /** Whatever its state. */
  record(id: string): JobRecord | undefined {
    return this.#jobs.get(id) ?? this.#parts.store.find(id);
  }

  /** In the order of asking; `ended` only where they are wanted, they are read from disk. */
  list(ended: boolean): JobInfo[] {
    const stored = ended ? this.#parts.store.ended().filter(({ id }) => !this.#jobs.has(id)) : [];
    return [...stored, ...this.#jobs.values()].map((job) => this.info(job));
  }
  find(id: string): JobInfo | undefined {
    const job = this.record(id);
    return job && this.info(job);
  }
  info(job: JobRecord): JobInfo {
    return toInfo(job, this.#parts.library);
  }

  /** A new job. Throws where it cannot be stored: nobody is told of a job that a restart would forget. */
  add(job: JobRecord): void {
    this.#parts.store.insert(job);
    this.#jobs.set(job.id, job);
    this.#publish(job, 'created');
  }

  /** A job that had ended and is to go on. Throws where that cannot be stored. */
  reopen(job: JobRecord): void {
    this.#parts.store.update(job);
    this.#unsaved.delete(job);
    this.#jobs.set(job.id, job);
    this.#publish(job, 'updated');
  }

  /** Stores what changed of a job, then says so. A disk that does not take it does not stop the job: memory knows. */
  changed(job: JobRecord): void {
    try {
      this.#parts.store.update(job);
      this.#unsaved.delete(job);
      if (hasEnded(job)) {
        this.#jobs.delete(job.id);
        this.#forget(this.#parts.store.endedBefore(HISTORY_LIMIT));
      }
    } catch (error) {
      this.#unsaved.add(job);
      const facts = { job: job.id, error: asSdError(error).message };
      this.#parts.log.error('the state of a job could not be saved; it is tried again', facts);
    }
    this.#publish(job, 'updated');
  }

  /** Stores a checkpoint. Throws where it cannot: the job must not go on as if it had. */
  checkpoint(job: JobRecord): void {
    this.#parts.store.update(job);
    this.#unsaved.delete(job);
  }

  /** Shows the progress of a job. */
  show(job: JobRecord): void {
    this.#publish(job, 'progress');
  }

  /** Forgets jobs that ended in these states; answers their ids. */
  clear(states: readonly EndedState[] = ENDED_STATES): string[] {
    const ids = this.#parts.store
      .ended()
      .filter(({ state }) => (states as readonly string[]).includes(state))
      .map(({ id }) => id);
    this.#forget(ids);
    return ids;
  }

  /** Whether there is something that memory knows and the disk does not. */
  get hasUnsaved(): boolean {
    return this.#unsaved.size > 0;
  }
  saveAgain(): void {
    for (const job of [...this.#unsaved]) this.changed(job);
  }

  /** Called where no job runs: it may wait for the disk. */
  tidy(): void {
    this.#parts.store.tidy();
  }
  close(): void {
    this.#parts.store.close();
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) this.#parts.store.forget(id);
    const { events, library } = this.#parts;
    if (ids.length > 0) events.publish({ resource: 'job', change: 'deleted', library, ids });
  }

  #publish(job: JobRecord, change: 'created' | 'updated' | 'progress'): void {
    const { events, library } = this.#parts;
    events.publish({ resource: 'job', change, library, ids: [job.id], data: { job: this.info(job) } });
  }
}
