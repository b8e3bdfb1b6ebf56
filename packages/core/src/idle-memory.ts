import type { EventBus } from './events.ts';
import type { Clock } from './ports/clock.ts';

/** Nothing has run for so long: what comes next, if anything, may wait a moment. */
const IDLE_MS = 5_000;
/** And nobody has asked for anything: whoever looks around would wait for it, some hundred milliseconds on a busy machine. */
const UNASKED_MS = 300;

export interface IdleMemoryParts {
  readonly events: Pick<EventBus, 'follow'>;
  readonly clock: Pick<Clock, 'after'>;
  /** Whether a job runs. */
  isBusy(): boolean;
  /** Grows with what is asked for; stands while nothing is. */
  asked(): number;
  giveBack(): void;
}

/** Gives memory back to the system some seconds after the start, and after the last job has ended. */
export class IdleMemory {
  readonly #parts: IdleMemoryParts;
  readonly #leave: () => void;
  #cancel: (() => void) | undefined;

  constructor(parts: IdleMemoryParts) {
    this.#parts = parts;
    this.#leave = parts.events.follow(({ resource, change }) => {
      if (resource === 'job' && change !== 'progress') this.#wait();
    });
    this.#wait();
  }

  stop(): void {
    this.#leave();
    this.#cancel?.();
  }

  #wait(): void {
    this.#after(IDLE_MS, () => this.#whenUnasked(this.#parts.asked()));
  }

  #whenUnasked(asked: number): void {
    this.#after(UNASKED_MS, () => {
      // A job that runs will say when it has ended.
      if (this.#parts.isBusy()) return;
      const now = this.#parts.asked();
      if (now === asked) this.#parts.giveBack();
      else this.#whenUnasked(now);
    });
  }

  #after(milliseconds: number, call: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#parts.clock.after(milliseconds, () => {
      this.#cancel = undefined;
      call();
    });
  }
}
