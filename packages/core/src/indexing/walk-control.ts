/** Memory shared by all threads of one scan: who may go on, which slots are free, who has run out of folders. */
const STOP = 0;
const HUNGRY = 1;
const FREED = 2;
const FIRST_SLOT = 3;

export class WalkControl {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;

  constructor(slots: number, memory: SharedArrayBuffer = new SharedArrayBuffer(4 * (FIRST_SLOT + slots))) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Every thread comes to an end at the next folder, batch or file. */
  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
    Atomics.add(this.#cells, FREED, 1);
    Atomics.notify(this.#cells, FREED);
  }
  get stopped(): boolean {
    return Atomics.load(this.#cells, STOP) === 1;
  }

  /** How many walkers wait for folders from others. */
  get hungry(): number {
    return Atomics.load(this.#cells, HUNGRY);
  }
  addHungry(change: number): void {
    Atomics.add(this.#cells, HUNGRY, change);
  }

  /** Blocks until one of the slots `first … first + count - 1` is free, and takes it; `undefined` once stopped. */
  takeSlot(first: number, count: number): number | undefined {
    for (;;) {
      const freed = Atomics.load(this.#cells, FREED);
      for (let slot = first; slot < first + count; slot++) {
        if (Atomics.compareExchange(this.#cells, FIRST_SLOT + slot, 0, 1) === 0) return slot;
      }
      if (this.stopped) return undefined;
      Atomics.wait(this.#cells, FREED, freed, 1_000);
    }
  }
  freeSlot(slot: number): void {
    Atomics.store(this.#cells, FIRST_SLOT + slot, 0);
    Atomics.add(this.#cells, FREED, 1);
    Atomics.notify(this.#cells, FREED);
  }
}
