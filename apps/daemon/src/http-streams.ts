import { SdError } from '@sd/core/errors.ts';

/** How many files are sent at the same time, each with a descriptor and a buffer. */
const MOST_OPEN = 128;
/** How many may wait for their turn. */
const MOST_WAITING = 4_096;

/** Bounds the files that are open to be sent; the others wait, in the order they came. */
export class HttpStreams {
  readonly #waiting = new Set<() => void>();
  #open = 0;

  /** Runs `send` when it is its turn, or not at all once `gone` has aborted. Throws `LIMIT` where too many wait. */
  async run(gone: AbortSignal, send: () => Promise<void>): Promise<void> {
    if (this.#open < MOST_OPEN) this.#open++;
    else if (!(await this.#turn(gone))) return;
    try {
      if (!gone.aborted) await send();
    } finally {
      // The place is handed over, so that nobody slips in between.
      const [next] = this.#waiting;
      if (next) next();
      else this.#open--;
    }
  }

  /** `false` where the client has left. */
  #turn(gone: AbortSignal): Promise<boolean> {
    if (this.#waiting.size >= MOST_WAITING)
      throw new SdError('LIMIT', 'too many files are being sent', { way_out: 'try again in a moment' });
    return new Promise((resolve) => {
      const settle = (mine: boolean): void => {
        this.#waiting.delete(next);
        resolve(mine);
      };
      const next = (): void => settle(true);
      this.#waiting.add(next);
      if (gone.aborted) return settle(false);
      gone.addEventListener('abort', () => settle(false), { once: true });
    });
  }
}
