/**
 * One writer at a time per library, over all threads of the process. SQLite would do the same by blocking, which the
 * main thread must never do: here it waits without blocking, and a worker in the middle of a long series of writes
 * sees that somebody waits and lets them in.
 */
const FREE = 0;
const OWNER = 0;
const WAITING = 1;

/** The owner number of the main thread; workers get 2 and up from `newOwner`. */
export const MAIN_THREAD = 1;

export class WriteLock {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #me: number;

  constructor(me: number, memory: SharedArrayBuffer = new SharedArrayBuffer(12)) {
    this.#me = me;
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** A number of its own for a thread about to be spawned. */
  newOwner(): number {
    return MAIN_THREAD + 1 + Atomics.add(this.#cells, 2, 1);
  }

  /** For the main thread: waits without blocking. */
  async acquire(): Promise<void> {
    if (this.#take()) return;
    Atomics.add(this.#cells, WAITING, 1);
    try {
      while (!this.#take()) {
        const owner = Atomics.load(this.#cells, OWNER);
        if (owner === FREE) continue;
        const wait = Atomics.waitAsync(this.#cells, OWNER, owner);
        if (wait.async) await wait.value;
      }
    } finally {
      Atomics.sub(this.#cells, WAITING, 1);
      Atomics.notify(this.#cells, WAITING);
    }
  }

  /** For a worker thread: blocks it. Lets the main thread in first where it waits. */
  acquireBlocking(): void {
    for (;;) {
      const waiting = Atomics.load(this.#cells, WAITING);
      if (waiting > 0) Atomics.wait(this.#cells, WAITING, waiting, 20);
      if (this.#take()) return;
      const owner = Atomics.load(this.#cells, OWNER);
      if (owner !== FREE) Atomics.wait(this.#cells, OWNER, owner, 1000);
    }
  }

  release(): void {
    this.releaseFor(this.#me);
  }

  /** Frees the lock of a thread that ended while it held it; its connection is closed and rolled back by then. */
  releaseFor(owner: number): void {
    if (Atomics.compareExchange(this.#cells, OWNER, owner, FREE) === owner) Atomics.notify(this.#cells, OWNER);
  }

  #take(): boolean {
    return Atomics.compareExchange(this.#cells, OWNER, FREE, this.#me) === FREE;
  }
}
