import type { Clock } from './ports/clock.ts';

/** Once what a start brings is over. */
const FIRST_MS = 10 * 60_000;
const THEN_MS = 24 * 60 * 60_000;

/** Does something for each open library some minutes after it was opened, and every day from then on. */
export class Regular {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #work: (library: string) => void;
  readonly #timers = new Map<string, () => void>();

  constructor(clock: Pick<Clock, 'after'>, work: (library: string) => void) {
    this.#clock = clock;
    this.#work = work;
  }

  start(library: string): void {
    this.stop(library);
    this.#wait(library, FIRST_MS);
  }

  stop(library: string): void {
    this.#timers.get(library)?.();
    this.#timers.delete(library);
  }

  #wait(library: string, milliseconds: number): void {
    const cancel = this.#clock.after(milliseconds, () => {
      this.#wait(library, THEN_MS);
      this.#work(library);
    });
    this.#timers.set(library, cancel);
  }
}
