import { SdError, fromPlainError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Worker } from '../../ports/workers.ts';
import type { PassedReport } from '../../watching/protocol.ts';
import type { ToCopier } from './copier-protocol.ts';
import type {
  CarrierLibrary,
  CarryEnd,
  CarryPlace,
  CarryProgress,
  CarryTask,
  FromCarrier,
  ToCarrier,
} from './protocol.ts';

/** How long it may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;
/** How long it may take to end once it was ended: a call of the system that never returns keeps it for good. */
const END_GRACE_MS = 1_000;

interface CarrierParts {
  readonly worker: Worker;
  /** Makes copies beside it; absent where threads do not run at the same time. */
  readonly copier?: Worker | undefined;
  readonly library: CarrierLibrary;
  readonly clock: Pick<Clock, 'after'>;
  turn(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** What came into the index. */
  changed(report: PassedReport): void;
  /** Once, when the thread ends by itself. */
  ended(error: Error | undefined): void;
}

/** A plan, and who listens. */
export interface CarryRequest extends Omit<CarryTask, 'stop'> {
  readonly signal: AbortSignal;
  onBegun(places: readonly CarryPlace[]): void;
  onProgress(progress: CarryProgress): void;
  /** What came of it until it fails. */
  onLeft(end: CarryEnd): void;
}

/** The main thread's side of a thread that carries out plans, one at a time. */
export class Carrier {
  /** Whether it can be given another plan. */
  usable = true;
  readonly #parts: CarrierParts;
  /** It can have no turn any more. */
  #closing = false;
  /** Ends the wait for a turn. */
  #waiting: AbortController | undefined;
  #endTurn: (() => void) | undefined;
  #task: { request: CarryRequest; resolve(end: CarryEnd): void; reject(error: unknown): void } | undefined;
  #closed: (() => void) | undefined;

  constructor(parts: CarrierParts) {
    this.#parts = parts;
    parts.worker.onMessage((message) => this.#message(message as FromCarrier));
    parts.worker.onExit((error) => this.#exited(error));
    this.#open(parts);
  }

  #open({ worker, copier, library }: CarrierParts): void {
    if (!copier) return worker.post({ type: 'open', library, copier: undefined } satisfies ToCarrier);
    const { port1, port2 } = new MessageChannel();
    // What it was about to say is waited for: neither goes on alone.
    copier.onExit((error) => void this.#endWith(error));
    copier.post({ type: 'open', port: port2 } satisfies ToCopier, [port2]);
    worker.post({ type: 'open', library, copier: port1 } satisfies ToCarrier, [port1]);
  }

  async #endWith(error: Error | undefined): Promise<void> {
    await this.#parts.worker.terminate();
    this.#exited(error);
  }

  run(type: 'carry-out' | 'tidy', request: CarryRequest): Promise<CarryEnd> {
    const { signal, onBegun: _, onProgress: __, onLeft: ___, ...asked } = request;
    const stop = new SharedArrayBuffer(4);
    let cancelGrace = (): void => {};
    const leave = (): void => {
      Atomics.store(new Int32Array(stop), 0, 1);
      // What holds the index may hold it for long: the plan waits for it no more.
      this.#waiting?.abort();
      cancelGrace = this.#parts.clock.after(STOP_GRACE_MS, () => {
        this.usable = false;
        this.#task?.reject(new SdError('CANCELLED', 'it did not stop in time; it goes on from where it is'));
      });
    };
    return new Promise<CarryEnd>((resolve, reject) => {
      this.#task = { request, resolve, reject };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      this.#post({ type, task: { ...asked, stop } });
    }).finally(() => {
      this.#task = undefined;
      signal.removeEventListener('abort', leave);
      cancelGrace();
    });
  }

  /** Ends after what it does at this moment. Others have the index again then, even if the thread hangs in a call. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#waiting?.abort();
    if (this.usable) {
      const closed = new Promise<void>((resolve) => {
        this.#closed = resolve;
        this.#parts.clock.after(STOP_GRACE_MS, resolve);
      });
      this.#post({ type: 'close' });
      await closed;
    }
    this.usable = false;
    const { worker, copier } = this.#parts;
    await this.#within(END_GRACE_MS, Promise.all([worker.terminate(), copier?.terminate()]));
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  async #within(milliseconds: number, end: Promise<unknown>): Promise<void> {
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => (cancel = this.#parts.clock.after(milliseconds, resolve)));
    await Promise.race([end, late]).finally(cancel);
  }

  async #giveTurn(): Promise<void> {
    this.#waiting = new AbortController();
    const stopped = this.#task?.request.signal.aborted ?? false;
    const end = stopped || this.#closing ? undefined : await this.#parts.turn(this.#waiting.signal);
    this.#waiting = undefined;
    this.#endTurn = end;
    this.#post({ type: 'turn', given: end !== undefined });
  }

  #message(said: FromCarrier): void {
    switch (said.type) {
      case 'want-turn':
        return void this.#giveTurn();
      case 'turn-over':
        this.#endTurn?.();
        this.#endTurn = undefined;
        return this.#parts.changed(said.report);
      case 'begun':
        return this.#tell((request) => request.onBegun(said.places));
      case 'progress':
        return this.#tell((request) => request.onProgress(said.progress));
      case 'left':
        return this.#tell((request) => request.onLeft(said.end));
      case 'end':
        return this.#task?.resolve(said.end);
      case 'failed':
        return this.#task?.reject(fromPlainError(said.error));
      case 'closed':
        return this.#closed?.();
    }
  }

  /** What a listener throws (a checkpoint that finds no room, say) ends the plan, and the thread with it. */
  #tell(call: (request: CarryRequest) => void): void {
    try {
      if (this.#task) call(this.#task.request);
    } catch (error) {
      this.usable = false;
      this.#task?.reject(error);
    }
  }

  #exited(error: Error | undefined): void {
    this.usable = false;
    this.#endTurn?.();
    this.#endTurn = undefined;
    this.#closed?.();
    this.#task?.reject(new SdError('INTERNAL', 'the thread that carried out the plan has ended', {}, error));
    this.#parts.ended(error);
  }

  #post(message: ToCarrier): void {
    this.#parts.worker.post(message);
  }
}
