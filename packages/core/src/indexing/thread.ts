import { type PlainError, SdError, fromPlainError } from '../errors.ts';
import type { Worker } from '../ports/workers.ts';

/**
 * A worker thread that answers. `messages` gets everything it says; a `failed` message, or its end, makes `failure`
 * reject, which whoever waits for anything of it races with.
 */
export class Thread<To, From> {
  readonly failure: Promise<never>;
  readonly #worker: Worker;
  readonly #waiting: { matches(message: From): boolean; resolve(message: From): void }[] = [];

  constructor(worker: Worker, messages?: (message: From) => void) {
    this.#worker = worker;
    this.failure = new Promise((_resolve, reject) => {
      worker.onExit((error) => reject(new SdError('INTERNAL', 'a thread of the scan has ended', {}, error)));
      worker.onMessage((message) => {
        const said = message as From;
        const failed = failureOf(said);
        if (failed) return reject(fromPlainError(failed));
        const at = this.#waiting.findIndex((waiting) => waiting.matches(said));
        if (at >= 0) this.#waiting.splice(at, 1)[0]?.resolve(said);
        messages?.(said);
      });
    });
    // Whoever waits hears of it; a thread that fails while nobody does is heard of by the next who asks.
    this.failure.catch(() => {});
  }

  post(message: To): void {
    this.#worker.post(message);
  }

  /** Sends, and waits for the next message that `matches`. */
  ask<Answer extends From>(message: To, matches: (said: From) => said is Answer): Promise<Answer> {
    const answer = new Promise<From>((resolve) => this.#waiting.push({ matches, resolve }));
    this.post(message);
    return Promise.race([answer as Promise<Answer>, this.failure]);
  }

  terminate(): Promise<void> {
    return this.#worker.terminate();
  }
}

function failureOf(message: unknown): PlainError | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if ('failed' in message) return message.failed as PlainError;
  return 'type' in message && message.type === 'failed' && 'error' in message
    ? (message.error as PlainError)
    : undefined;
}
