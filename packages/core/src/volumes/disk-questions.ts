import { SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';

/** A disk that sleeps takes seconds to wake; one that takes longer is not waited for. */
const MOST_MS = 4_000;

/**
 * Questions to disks that may never answer: a share whose server is gone holds a thread of the system for each. So one
 * that still owes an answer is not asked again.
 */
export class DiskQuestions {
  readonly #clock: Clock;
  readonly #mostMs: number;
  readonly #owing = new Set<string>();

  constructor(clock: Clock, mostMs = MOST_MS) {
    this.#clock = clock;
    this.#mostMs = mostMs;
  }

  /** Throws `IO` where the disk does not answer in time, and what it answers with. */
  ask<T>(disk: string, question: () => Promise<T>): Promise<T> {
    if (this.#owing.has(disk)) return Promise.reject(silent(disk));
    return new Promise((resolve, reject) => {
      const forget = this.#clock.after(this.#mostMs, () => {
        this.#owing.add(disk);
        reject(silent(disk));
      });
      const answered = (): void => {
        forget();
        this.#owing.delete(disk);
      };
      question().then(
        (answer) => (answered(), resolve(answer)),
        (error: unknown) => (answered(), reject(error as Error)),
      );
    });
  }
}

function silent(disk: string): SdError {
  return new SdError('IO', `${disk} does not answer`);
}
