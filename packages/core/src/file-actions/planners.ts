import { SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Workers } from '../ports/workers.ts';
import { PlannerThread } from './planner-thread.ts';
import type { PlannerAnswer, PlannerRequest } from './protocol.ts';

/** Two, so that one look at a whole disk keeps no rename waiting. */
const MOST_THREADS = 2;
/** Who plans one action plans another. */
const WARM_MS = 60_000;
/** Names of a folder of a million files, and the index's ids for them. */
const HEAP_MIB = 768;
const YOUNG_HEAP_MIB = 16;

type Waiting = (thread: PlannerThread) => void;

/** The threads that make plans: each does one at a time, and is kept for a while. */
export class Planners {
  readonly #parts: { workers: Workers; clock: Clock; log: Log };
  readonly #busy = new Set<PlannerThread>();
  readonly #idle = new Map<PlannerThread, () => void>();
  readonly #waiting: Waiting[] = [];
  #stopped = false;

  constructor(parts: { workers: Workers; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  async ask(
    request: PlannerRequest,
    signal: AbortSignal,
    onProgress: (steps: number) => void = () => {},
  ): Promise<Extract<PlannerAnswer, { type: 'done' }>> {
    const thread = await this.#take(signal);
    try {
      return await thread.ask(request, signal, onProgress);
    } finally {
      this.#giveBack(thread);
    }
  }

  /** Lets go of a library's files. Requests that are about it have been cancelled, or are waited for. */
  async closeLibrary(library: string): Promise<void> {
    const never = new AbortController().signal;
    const threads = [...this.#busy, ...this.#idle.keys()];
    // One that ends meanwhile has let go of everything.
    await Promise.allSettled(threads.map((thread) => thread.ask({ type: 'close', library }, never, () => {})));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#idle.values()) cancel();
    await Promise.all([...this.#busy, ...this.#idle.keys()].map((thread) => thread.terminate()));
    this.#idle.clear();
  }

  #take(signal: AbortSignal): Promise<PlannerThread> {
    if (this.#stopped) throw new SdError('SHUTTING_DOWN', 'the daemon is stopping');
    for (const [thread, cancelTimer] of this.#idle) {
      cancelTimer();
      this.#idle.delete(thread);
      this.#busy.add(thread);
      return Promise.resolve(thread);
    }
    if (this.#busy.size < MOST_THREADS) return Promise.resolve(this.#spawn());
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = this.#waiting.indexOf(waiting);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        reject(new SdError('CANCELLED', 'cancelled on request'));
      };
      const waiting: Waiting = (thread) => {
        signal.removeEventListener('abort', leave);
        resolve(thread);
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #spawn(): PlannerThread {
    const { workers, clock, log } = this.#parts;
    const worker = workers.spawn('planner', { heapMiB: HEAP_MIB, youngHeapMiB: YOUNG_HEAP_MIB });
    const thread = new PlannerThread(worker, clock, (error) => {
      this.#idle.get(thread)?.();
      this.#idle.delete(thread);
      log.error('a thread that makes plans ended', { error: String(error) });
    });
    this.#busy.add(thread);
    return thread;
  }

  #giveBack(thread: PlannerThread): void {
    this.#busy.delete(thread);
    const next = this.#waiting.shift();
    if (thread.ended) return next?.(this.#spawn());
    if (next) {
      this.#busy.add(thread);
      return next(thread);
    }
    const cancel = this.#parts.clock.after(WARM_MS, () => {
      this.#idle.delete(thread);
      void thread.terminate();
    });
    this.#idle.set(thread, cancel);
  }
}
