import { ACTIONS_FILE } from '../../db/actions/open.ts';
import { MAIN_THREAD, WriteLock } from '../../db/write-lock.ts';
import { SdError } from '../../errors.ts';
import type { Library } from '../../libraries/library.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Workers } from '../../ports/workers.ts';
import { Carrier, type CarryRequest } from './carrier.ts';
import type { PassedReport } from '../../watching/protocol.ts';
import type { CarryEnd } from './protocol.ts';

/** How long a thread with nothing to do is kept: somebody who changes files changes more of them. */
const WARM_MS = 60_000;
/** What a batch of steps needs for a moment: with less, a tenth of the thread's time goes into finding out what may go. */
const YOUNG_HEAP_MIB = 16;

export interface CarriersParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits for the turn to change the index; answers the function that ends it, and nothing where `signal` aborts first. */
  turn(library: Library, signal: AbortSignal): Promise<(() => void) | undefined>;
  /** What came into the index, for whoever shows it. */
  changed(library: Library, report: PassedReport): void;
}

/** The threads that carry out plans: one per plan under way, and one that waits for the next. */
export class Carriers {
  readonly #parts: CarriersParts;
  /** By library. */
  readonly #idle = new Map<string, { carrier: Carrier; cancel(): void }>();
  readonly #all = new Map<string, Set<Carrier>>();
  /** By plan: what is under way about it. */
  readonly #plans = new Map<string, Promise<unknown>>();

  constructor(parts: CarriersParts) {
    this.#parts = parts;
  }

  /** A plan is likely to be committed soon: its thread need not be started then. */
  warm(library: Library): void {
    if (!this.#idle.has(library.id)) this.#keep(library.id, this.#spawn(library));
  }

  /**
   * Carries the plan out from where it is. `finished` is false where `signal` aborted first; then nothing half made is
   * left. Throws what ends it as a whole, `DISK_FULL` and `OFFLINE` among it: told again, it goes on. Waits for what is
   * under way about the plan: told again at once, it may still be tidied.
   */
  carryOut(library: Library, request: CarryRequest): Promise<CarryEnd> {
    return this.#inTurn(library, request, 'carry-out');
  }

  /** Brings what a plan has begun to its end, and takes away what it has half made: it goes no further. */
  tidy(library: Library, request: CarryRequest): Promise<CarryEnd> {
    return this.#inTurn(library, request, 'tidy');
  }

  /** Ends the library's threads. Plans under way have been told to stop. */
  async closeLibrary(id: string): Promise<void> {
    this.#idle.get(id)?.cancel();
    this.#idle.delete(id);
    const all = [...(this.#all.get(id) ?? [])];
    this.#all.delete(id);
    await Promise.all(all.map((carrier) => carrier.close()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((id) => this.closeLibrary(id)));
  }

  /** Two threads with one plan would each take what the other makes for left over. */
  async #inTurn(library: Library, request: CarryRequest, what: 'carry-out' | 'tidy'): Promise<CarryEnd> {
    const { plan, signal } = request;
    const before = this.#plans.get(plan);
    const run = async (): Promise<CarryEnd> => {
      // How that ended is told to who asked for it.
      await before?.catch(() => {});
      if (before && signal.aborted) throw new SdError('CANCELLED', 'cancelled on request');
      return this.#with(library, (carrier) => carrier.run(what, request));
    };
    const mine = run();
    this.#plans.set(plan, mine);
    try {
      return await mine;
    } finally {
      if (this.#plans.get(plan) === mine) this.#plans.delete(plan);
    }
  }

  async #with<T>(library: Library, work: (carrier: Carrier) => Promise<T>): Promise<T> {
    const idle = this.#idle.get(library.id);
    idle?.cancel();
    this.#idle.delete(library.id);
    const carrier = idle?.carrier ?? this.#spawn(library);
    try {
      return await work(carrier);
    } finally {
      if (carrier.usable && this.#all.get(library.id)?.has(carrier) && !this.#idle.has(library.id))
        this.#keep(library.id, carrier);
      else await this.#end(library.id, carrier);
    }
  }

  #spawn(library: Library): Carrier {
    const { workers, clock, turn, changed, log } = this.#parts;
    const lock = new WriteLock(MAIN_THREAD, library.access.lock);
    const owner = lock.newOwner();
    const carrier = new Carrier({
      worker: workers.spawn('carrier', { youngHeapMiB: YOUNG_HEAP_MIB }),
      copier: workers.threads() > 1 ? workers.spawn('copier') : undefined,
      library: { ...library.access, actionsPath: `${library.folder}/${ACTIONS_FILE}`, owner },
      clock,
      turn: (signal) => turn(library, signal),
      changed: (report) => changed(library, report),
      ended: (error) => {
        lock.releaseFor(owner);
        this.#forget(library.id, carrier);
        if (error) log.error('a thread that carries out plans ended', { library: library.id, error: String(error) });
      },
    });
    const all = this.#all.get(library.id) ?? new Set();
    this.#all.set(library.id, all.add(carrier));
    return carrier;
  }

  #keep(library: string, carrier: Carrier): void {
    const cancel = this.#parts.clock.after(WARM_MS, () => {
      this.#idle.delete(library);
      void this.#end(library, carrier);
    });
    this.#idle.set(library, { carrier, cancel });
  }

  async #end(library: string, carrier: Carrier): Promise<void> {
    this.#forget(library, carrier);
    await carrier.close();
  }

  #forget(library: string, carrier: Carrier): void {
    const idle = this.#idle.get(library);
    if (idle?.carrier === carrier) {
      idle.cancel();
      this.#idle.delete(library);
    }
    this.#all.get(library)?.delete(carrier);
  }
}
