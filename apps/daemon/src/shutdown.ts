import type { DaemonLog } from './log.ts';

/** The daemon is gone this long after it was asked to stop, whatever hangs. */
export const DEADLINE_MS = 4_500;

/** What was opened is closed in reverse, each step by name, so that the log can say which one hung. */
export class Shutdown {
  readonly #steps: { readonly name: string; run(): void | Promise<void> }[] = [];
  readonly #deadlineMs: number;

  constructor(deadlineMs = DEADLINE_MS) {
    this.#deadlineMs = deadlineMs;
  }

  add(name: string, run: () => void | Promise<void>): void {
    this.#steps.push({ name, run });
  }

  /** Resolves when all is closed. A step that fails is logged, and the others go on. After the deadline the process ends. */
  async run(log: DaemonLog): Promise<void> {
    let current = '';
    const began = Date.now();
    const deadline = setTimeout(() => {
      log.lastWords('did not stop in time', {
        step: current,
        waited_ms: Date.now() - began,
        open: process.getActiveResourcesInfo(),
      });
      process.exit(1);
    }, this.#deadlineMs);
    for (const { name, run } of this.#steps.toReversed()) {
      current = name;
      try {
        await run();
      } catch (error) {
        log.error('a step of the shutdown failed', { step: name, error });
      }
    }
    clearTimeout(deadline);
  }
}
