import { hasEnded } from '../daemon/follow.ts';
import type { JobInfo } from '../wire.ts';

/** Ended jobs that stay in sight. */
const MOST_ENDED = 5;

const ORDER = { running: 0, paused: 2, queued: 1, completed: 3, failed: 3, cancelled: 3 } as const;
const PRIORITY = { user: 0, normal: 1, background: 2 } as const;

/** The jobs as far as the events have told. */
export class JobBoard {
  readonly #jobs = new Map<string, JobInfo>();

  /** All there are: what is not among them has ended long ago, or is forgotten. */
  replace(jobs: readonly JobInfo[]): void {
    for (const id of this.#jobs.keys()) if (!jobs.some((job) => job.id === id)) this.#jobs.delete(id);
    for (const job of jobs) this.#jobs.set(job.id, job);
  }

  take(job: JobInfo): void {
    this.#jobs.set(job.id, job);
  }
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#jobs.delete(id);
  }

  /** Those that go on: running first, then in the order of their turn. */
  get goingOn(): JobInfo[] {
    return [...this.#jobs.values()]
      .filter((job) => !hasEnded(job))
      .sort(
        (a, b) =>
          ORDER[a.state] - ORDER[b.state] ||
          PRIORITY[a.priority] - PRIORITY[b.priority] ||
          a.created_at - b.created_at ||
          (a.id < b.id ? -1 : 1),
      );
  }

  /** The last that ended, the latest last. */
  get ended(): JobInfo[] {
    const ended = [...this.#jobs.values()].filter(hasEnded);
    return ended.sort((a, b) => (a.ended_at ?? 0) - (b.ended_at ?? 0)).slice(-MOST_ENDED);
  }
}
