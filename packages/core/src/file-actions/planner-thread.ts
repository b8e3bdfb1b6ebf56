import { SdError, fromPlainError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Worker } from '../ports/workers.ts';
import type { PlannerAnswer, PlannerMessage, PlannerRequest } from './protocol.ts';

/** How long a cancelled request may go on before its thread is ended: what it has written is forgotten later. */
const CANCEL_GRACE_MS = 2_000;

type Done = Extract<PlannerAnswer, { type: 'done' }>;

interface Pending {
  readonly resolve: (answer: Done) => void;
  readonly reject: (error: unknown) => void;
  onProgress(steps: number): void;
}

/** One planner thread as the main thread sees it. */
export class PlannerThread {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended = false;

  constructor(worker: Worker, clock: Clock, onEnd: (error: Error | undefined) => void) {
    this.#worker = worker;
    this.#clock = clock;
    worker.onMessage((message) => this.#answered(message as PlannerAnswer));
    worker.onExit((error) => {
      this.#end(new SdError('INTERNAL', 'the thread that made plans has ended', {}, error));
      onEnd(error);
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  async ask(request: PlannerRequest, signal: AbortSignal, onProgress: (steps: number) => void): Promise<Done> {
    if (this.#ended) throw new SdError('CANCELLED', 'the thread that made plans has ended');
    const id = ++this.#lastId;
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const answer = new Promise<Done>((resolve, reject) => this.#pending.set(id, { resolve, reject, onProgress }));
    this.#worker.post({ ...request, id, cancelled: cancelled.buffer } satisfies PlannerMessage);
    let cancelGrace = (): void => {};
    const cancel = (): void => {
      Atomics.store(cancelled, 0, 1);
      cancelGrace = this.#clock.after(CANCEL_GRACE_MS, () => void this.terminate());
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    try {
      return await answer;
    } finally {
      cancelGrace();
      signal.removeEventListener('abort', cancel);
    }
  }

  async terminate(): Promise<void> {
    this.#end(new SdError('CANCELLED', 'cancelled on request'));
    await this.#worker.terminate();
  }

  #answered(answer: PlannerAnswer): void {
    const pending = this.#pending.get(answer.id);
    if (answer.type === 'progress') return pending?.onProgress(answer.steps);
    this.#pending.delete(answer.id);
    if (answer.type === 'failed') pending?.reject(fromPlainError(answer.error));
    else pending?.resolve(answer);
  }

  #end(error: SdError): void {
    this.#ended = true;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
