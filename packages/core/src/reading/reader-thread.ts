import type { Device } from '../domain/device.ts';
import { SdError, fromPlainError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Worker } from '../ports/workers.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-protocol.ts';

/** How long a cancelled query may go on before its thread is ended; it only reads, so nothing is lost. */
const CANCEL_GRACE_MS = 1_000;

interface Pending {
  readonly resolve: (json: string) => void;
  readonly reject: (error: unknown) => void;
}

/** One reader thread as the main thread sees it. */
export class ReaderThread {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #cancelled = new Int32Array(new SharedArrayBuffer(4));
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended = false;

  constructor(worker: Worker, device: Device, clock: Clock, onEnd: (error: Error | undefined) => void) {
    this.#worker = worker;
    this.#clock = clock;
    worker.onMessage((message) => this.#answered(message as ReaderAnswer));
    worker.onExit((error) => {
      this.#end(new SdError('INTERNAL', 'the thread that answered has ended', {}, error));
      onEnd(error);
    });
    this.#post({ type: 'start', device, cancelled: this.#cancelled.buffer });
  }

  get ended(): boolean {
    return this.#ended;
  }

  query(
    name: string,
    input: unknown,
    library: Extract<ReaderRequest, { type: 'query' }>['library'] | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const id = ++this.#lastId;
    const answer = this.#expect(id);
    this.#post({ type: 'query', id, name, input, ...(library ? { library } : {}) });
    const cancel = (): void => {
      Atomics.store(this.#cancelled, 0, id);
      this.#clock.after(CANCEL_GRACE_MS, () => {
        if (this.#pending.has(id)) void this.terminate();
      });
    };
    signal.addEventListener('abort', cancel, { once: true });
    return answer.finally(() => signal.removeEventListener('abort', cancel));
  }

  async closeLibrary(library: string): Promise<void> {
    if (this.#ended) return;
    const id = ++this.#lastId;
    const closed = this.#expect(id);
    this.#post({ type: 'close', id, library });
    await closed;
  }

  async terminate(): Promise<void> {
    this.#end(new SdError('CANCELLED', 'cancelled on request'));
    await this.#worker.terminate();
  }

  #expect(id: number): Promise<string> {
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }
  #post(request: ReaderRequest): void {
    this.#worker.post(request);
  }
  #answered(answer: ReaderAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) pending?.reject(fromPlainError(answer.error));
    else pending?.resolve(answer.json);
  }
  #end(error: SdError): void {
    this.#ended = true;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
