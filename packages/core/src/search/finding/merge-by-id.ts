interface Identified {
  readonly id: number;
}

/** Two series of chunks, each by ascending id, as one; what is in both comes once. */
export function* mergeById<T extends Identified>(one: Iterable<T[]>, other: Iterable<T[]>): Generator<T[]> {
  const [left, right] = [new Series(one), new Series(other)];
  let chunk: T[] = [];
  for (;;) {
    const [a, b] = [left.head, right.head];
    const next = !a ? b : !b || a.id <= b.id ? a : b;
    if (!next) break;
    if (a?.id === next.id) left.advance();
    if (b?.id === next.id) right.advance();
    chunk.push(next);
    // What is at hand goes out before more is fetched.
    if (left.empty || right.empty) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** A series of chunks seen as one of items; the next chunk is fetched when it is asked for. */
class Series<T> {
  readonly #chunks: Iterator<T[]>;
  #chunk: readonly T[] = [];
  #at = 0;
  #ended = false;

  constructor(chunks: Iterable<T[]>) {
    this.#chunks = chunks[Symbol.iterator]();
  }

  /** Whether the chunk at hand is used up and there may be another. */
  get empty(): boolean {
    return this.#at >= this.#chunk.length && !this.#ended;
  }
  get head(): T | undefined {
    while (this.empty) {
      const next = this.#chunks.next();
      if (next.done) this.#ended = true;
      else [this.#chunk, this.#at] = [next.value, 0];
    }
    return this.#chunk[this.#at];
  }
  advance(): void {
    this.#at++;
  }
}
