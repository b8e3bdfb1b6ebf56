/**
 * Ids of new entries, given out over all threads of a process without asking anyone: a counter in shared memory.
 * An id is never given twice, also not after a crash: `write_state.next_entry_id` follows in the transaction that uses
 * them, and ids that were given and not used are skipped.
 */
export class EntryIds {
  readonly memory: SharedArrayBuffer;
  readonly #next: BigInt64Array<SharedArrayBuffer>;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#next = new BigInt64Array(memory);
  }

  /** Starts counting at `next`, when the library opens. */
  begin(next: number): void {
    Atomics.store(this.#next, 0, BigInt(next));
  }

  /** The first of `count` ids in a row. */
  take(count: number): number {
    return Number(Atomics.add(this.#next, 0, BigInt(count)));
  }

  /** Every id given so far is below this. */
  get next(): number {
    return Number(Atomics.load(this.#next, 0));
  }
}
