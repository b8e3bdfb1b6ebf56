import type { SdError } from '../errors.ts';
import type { JobInfo } from './job-manager.ts';

interface Waiter {
  readonly resolve: (job: JobInfo) => void;
  readonly reject: (error: SdError) => void;
}

/** Who waits for the end of which job. */
export class Waiters {
  readonly #byJob = new Map<string, Waiter[]>();

  wait(id: string): Promise<JobInfo> {
    return new Promise((resolve, reject) => {
      const waiting = this.#byJob.get(id) ?? [];
      waiting.push({ resolve, reject });
      this.#byJob.set(id, waiting);
    });
  }

  ended(job: JobInfo): void {
    for (const { resolve } of this.#byJob.get(job.id) ?? []) resolve(job);
    this.#byJob.delete(job.id);
  }

  giveUp(error: SdError): void {
    for (const waiting of this.#byJob.values()) for (const { reject } of waiting) reject(error);
    this.#byJob.clear();
  }
}
