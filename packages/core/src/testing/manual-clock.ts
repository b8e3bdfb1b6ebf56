import type { Clock } from '../ports/clock.ts';

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ at: number; call: () => void }>();

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }
  monotonic(): number {
    return this.#now;
  }
  after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.#now + milliseconds, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many calls are due at some time. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves on, and makes the calls that come due on the way, in their order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = end;
  }

  #next(end: number): { at: number; call: () => void } | undefined {
    return [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
