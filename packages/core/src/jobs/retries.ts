import type { Clock } from '../ports/clock.ts';
import { waitAfter } from './back-off.ts';
import type { JobRecord } from './record.ts';

/** Of a job that met a full disk while it still is: no attempt is made, and none counted. */
const FULL_DISK_WAIT_MS = 30_000;

export interface RetryParts {
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Whether a job that met a full disk is worth another try. */
  readonly hasRoom: () => boolean;
  /** Its wait is over. */
  readonly ready: (job: JobRecord) => void;
  /** It waits longer. */
  readonly changed: (job: JobRecord) => void;
}

/** Jobs that failed for a reason that may pass, each waiting for its next try. */
export class Retries {
  readonly #parts: RetryParts;
  readonly #timers = new Map<JobRecord, () => void>();
  #stopped = false;

  constructor(parts: RetryParts) {
    this.#parts = parts;
  }

  /** Sets `next_try_at`, the later the more often it has failed; answers the wait. */
  wait(job: JobRecord): number {
    const milliseconds = waitAfter(job.attempts, this.#parts.random());
    this.#sleep(job, milliseconds);
    return milliseconds;
  }

  /** It does not wait any more: it was paused, cancelled, or is tried now. */
  forget(job: JobRecord): void {
    this.#timers.get(job)?.();
    this.#timers.delete(job);
    job.next_try_at = undefined;
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #sleep(job: JobRecord, milliseconds: number): void {
    const { clock, hasRoom, ready, changed } = this.#parts;
    this.#timers.get(job)?.();
    job.next_try_at = clock.now() + milliseconds;
    if (this.#stopped) return;
    this.#timers.set(
      job,
      clock.after(milliseconds, () => {
        if (job.error?.code === 'DISK_FULL' && !hasRoom()) {
          this.#sleep(job, FULL_DISK_WAIT_MS);
          return changed(job);
        }
        this.forget(job);
        ready(job);
      }),
    );
  }
}
