import type { Clock } from '../../ports/clock.ts';
import type { CarryProgress } from './protocol.ts';
import type { Tally } from './tally.ts';

/** Nobody sees more of them. */
const INTERVAL_MS = 100;

/** Says now and then how far a plan is. */
export class Reporter {
  readonly #tally: Tally;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #say: (progress: CarryProgress) => void;
  #path = '';
  /** Copied in this batch. */
  #bytes = 0;
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(tally: Tally, clock: Pick<Clock, 'monotonic'>, say: (progress: CarryProgress) => void) {
    this.#tally = tally;
    this.#clock = clock;
    this.#say = say;
  }

  working(path: string, bytes = 0): void {
    this.#path = path;
    this.#bytes += bytes;
    this.#now();
  }

  settled(): void {
    this.#bytes = 0;
    this.#now();
  }

  #now(): void {
    if (this.#clock.monotonic() - this.#saidAt < INTERVAL_MS) return;
    this.#saidAt = this.#clock.monotonic();
    const { total, carried, problems, settled } = this.#tally;
    const bytes = Math.min(total.bytes, carried.bytes + this.#bytes);
    this.#say({ done: settled, total: total.steps, bytes, bytesTotal: total.bytes, path: this.#path, problems });
  }
}
