import type { Clock } from '../ports/clock.ts';
import { SdError } from '../errors.ts';
import type { RequestId } from './message.ts';
import { LIMITS } from './protocol.ts';

/** A request on its way through a session. */
export interface Work {
  readonly id: RequestId | undefined;
  /** Whether it goes on when the client is gone: what changes something is finished, an answer nobody hears is not. */
  readonly outlivesClient: boolean;
  run(signal: AbortSignal): Promise<unknown>;
  done(result: unknown): void;
  failed(error: unknown): void;
}

/**
 * How long requests may be started in one turn of the event loop before other connections, timers and threads are heard.
 * Over a pipe in memory even a caller that waits for each answer stays within one turn: nothing else would ever come.
 */
const SLICE_MS = 5;

/** The requests of one connection: some run, the others wait their turn; each can be cancelled. */
export class Requests {
  readonly #clock: Clock;
  /** Whether answers can be taken now; asked before each start. */
  readonly #room: () => boolean;
  readonly #waiting: Work[] = [];
  readonly #running = new Map<Work, AbortController>();
  #sliceEnds = 0;
  /** Set while the event loop is still in the turn in which the slice began. */
  #forgetSlice: (() => void) | undefined;
  #onIdle: (() => void)[] = [];

  constructor(clock: Clock, room: () => boolean) {
    this.#clock = clock;
    this.#room = room;
  }

  get size(): number {
    return this.#waiting.length + this.#running.size;
  }

  /** Throws `TOO_MANY_REQUESTS`, and `INVALID_REQUEST` for an id that is in flight: a cancel could not tell them apart. */
  add(work: Work): void {
    if (this.size >= LIMITS.inFlight)
      throw new SdError(
        'TOO_MANY_REQUESTS',
        `${LIMITS.inFlight} requests of this connection are in flight; wait for an answer`,
        { limit: LIMITS.inFlight },
      );
    if (work.id !== undefined && work.id !== null && this.#find(work.id))
      throw new SdError('INVALID_REQUEST', `the id ${JSON.stringify(work.id)} is in flight already`);
    this.#waiting.push(work);
    this.#beginSlice();
    this.pump();
  }

  /** Starts what may be started. */
  pump(): void {
    while (this.#running.size < LIMITS.running && this.#room()) {
      if (this.#forgetSlice && this.#clock.monotonic() > this.#sliceEnds) return;
      const work = this.#waiting.shift();
      if (!work) return;
      void this.#run(work);
    }
  }

  /** Asks the request of that id to end; it is answered as it ends. `false`: none of that id is in flight. */
  cancel(id: RequestId): boolean {
    const work = this.#find(id);
    if (!work) return false;
    const running = this.#running.get(work);
    if (running) running.abort(cancelled());
    else this.#dropWaiting((one) => one === work, cancelled());
    return true;
  }

  /** The client is gone, or the core stops: what waits is not begun, what only reads is ended. */
  abandon(reason: SdError): void {
    this.#forgetSlice?.();
    this.#forgetSlice = undefined;
    this.#dropWaiting(() => true, reason);
    for (const [work, controller] of this.#running) if (!work.outlivesClient) controller.abort(reason);
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#onIdle.push(resolve));
  }

  async #run(work: Work): Promise<void> {
    const controller = new AbortController();
    this.#running.set(work, controller);
    try {
      const result = await work.run(controller.signal);
      this.#running.delete(work);
      work.done(result);
    } catch (error) {
      this.#running.delete(work);
      // Whatever a function throws on its way out of a request that was ended, the reason is that it was.
      work.failed(controller.signal.aborted && !(error instanceof SdError) ? controller.signal.reason : error);
    }
    this.pump();
    this.#settle();
  }

  #settle(): void {
    if (this.size > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #beginSlice(): void {
    if (this.#forgetSlice) return;
    this.#sliceEnds = this.#clock.monotonic() + SLICE_MS;
    this.#forgetSlice = this.#clock.after(0, () => {
      this.#forgetSlice = undefined;
      if (this.#waiting.length > 0) this.#beginSlice();
      this.pump();
    });
  }

  #dropWaiting(which: (work: Work) => boolean, reason: SdError): void {
    for (const work of this.#waiting.filter(which)) {
      this.#waiting.splice(this.#waiting.indexOf(work), 1);
      work.failed(reason);
    }
    this.#settle();
  }

  #find(id: RequestId): Work | undefined {
    for (const work of this.#running.keys()) if (work.id === id) return work;
    return this.#waiting.find((work) => work.id === id);
  }
}

function cancelled(): SdError {
  return new SdError('CANCELLED', 'cancelled on request');
}
