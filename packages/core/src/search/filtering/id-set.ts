/** With ids farther apart than this, bits would take more room than the ids. */
const WIDEST_GAP = 64;

/** A set of ids: a bit each where they lie close together, else found by halving. Never changes. */
export class IdSet {
  /** Ascending, none twice. */
  readonly sorted: Float64Array;
  readonly #first: number;
  readonly #bits: Uint32Array | undefined;

  /** `ids` in any order, doubles allowed. */
  constructor(ids: readonly number[]) {
    this.sorted = sortedOnce(ids);
    this.#first = this.sorted[0] ?? 0;
    const span = (this.sorted.at(-1) ?? 0) - this.#first + 1;
    if (span > this.sorted.length * WIDEST_GAP) return;
    const bits = (this.#bits = new Uint32Array(Math.ceil(span / 32)));
    for (const id of this.sorted) {
      const at = id - this.#first;
      bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
    }
  }

  get size(): number {
    return this.sorted.length;
  }
  /** About what it takes, in bytes. */
  get bytes(): number {
    return this.sorted.byteLength + (this.#bits?.byteLength ?? 0) + 100;
  }

  has(id: number): boolean {
    if (this.#bits) {
      const at = id - this.#first;
      return at >= 0 && at < this.#bits.length * 32 && ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
    }
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sorted[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return this.sorted[low] === id;
  }
}

export const NO_IDS = new IdSet([]);

function sortedOnce(ids: readonly number[]): Float64Array {
  const sorted = Float64Array.from(ids);
  let ascends = true;
  for (let at = 1; at < sorted.length && ascends; at++) ascends = (sorted[at] ?? 0) > (sorted[at - 1] ?? 0);
  if (ascends) return sorted;
  sorted.sort();
  let length = 0;
  for (const id of sorted) if (length === 0 || sorted[length - 1] !== id) sorted[length++] = id;
  return sorted.slice(0, length);
}
