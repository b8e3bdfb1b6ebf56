import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { JobRun, RunOutcome } from './run.ts';

/** How long a closing library waits for its jobs to come to a checkpoint; then they go on from the last one. */
const CLOSE_GRACE_MS = 3_500;

interface Running {
  readonly run: JobRun;
  readonly settled: Promise<void>;
}

/** The runs of one library that go on. */
export class RunningJobs {
  readonly #runs = new Map<string, Running>();
  #closed = false;

  get size(): number {
    return this.#runs.size;
  }

  /** Calls `settle` with the outcome, unless it comes after the closing: the next opening decides then. */
  add(id: string, run: JobRun, settle: (outcome: RunOutcome) => void): void {
    const settled = run.outcome.then((outcome) => {
      if (this.#closed && !this.#runs.has(id)) return;
      this.#runs.delete(id);
      settle(outcome);
    });
    this.#runs.set(id, { run, settled });
  }

  /** Whether it runs and has been asked to stop. */
  isStopping(id: string): boolean {
    return this.#runs.get(id)?.run.stopping ?? false;
  }

  /** Asks it to stop at its next checkpoint; resolves when it has. `undefined`: it does not run. */
  stop(id: string): Promise<void> | undefined {
    const running = this.#runs.get(id);
    running?.run.stop();
    return running?.settled;
  }

  /** Brings all to a checkpoint; what takes too long is cut off and goes on from its last one. */
  async close(clock: Clock, log: Log): Promise<void> {
    this.#closed = true;
    for (const { run } of this.#runs.values()) run.stop();
    let cancelGrace = (): void => {};
    const grace = new Promise<void>((resolve) => (cancelGrace = clock.after(CLOSE_GRACE_MS, resolve)));
    await Promise.race([Promise.all([...this.#runs.values()].map(({ settled }) => settled)), grace]);
    cancelGrace();
    for (const [id, { run }] of this.#runs) {
      run.abandon();
      log.warn('a job did not stop in time; it will go on from its last checkpoint', { job: id });
    }
    this.#runs.clear();
  }
}
