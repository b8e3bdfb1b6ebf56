import type { Workers } from '../ports/workers.ts';
import type { FileBatch, FromHasher, IdentifiedBatch, ToHasher } from './identify-protocol.ts';
import { Thread } from './thread.ts';
import type { WalkControl } from './walk-control.ts';

/** Enough that the hashers have work while the writer stores what they found. */
const AHEAD_PER_HASHER = 12;
/** Some tens of thousands of files, at 50 bytes each. */
const MOST_STORING = 64;
const MOST_HASHERS = 8;
const HASHER_HEAP_MIB = 64;

export interface IdentifyParts {
  readonly workers: Workers;
  readonly control: WalkControl;
  /** Rejects when the scan stops or its writer has failed: nothing is waited for then. */
  readonly until: Promise<never>;
  /** More work, up to that many batches; none: all is given out. */
  nextFiles(batches: number): Promise<readonly FileBatch[]>;
  store(batch: IdentifiedBatch): Promise<void>;
}

/** Reads files with several threads until there are none left, or the scan is stopped. */
export async function identifyAll(parts: IdentifyParts): Promise<void> {
  const count = Math.min(MOST_HASHERS, parts.workers.threads());
  const hashers = Array.from({ length: count }, () => new Hasher(parts.workers, parts.control));
  const supply = new Supply(parts, count);
  const results = new Results(parts);
  const work = async (hasher: Hasher): Promise<void> => {
    while (!parts.control.stopped) {
      const batch = await supply.next();
      if (!batch) return;
      const identified = await hasher.identify(batch);
      if (!parts.control.stopped) await results.take(identified);
    }
  };
  try {
    // Two at a time per thread: the next batch is there when one is done.
    await Promise.race([Promise.all(hashers.flatMap((hasher) => [work(hasher), work(hasher)])), parts.until]);
    await results.settled();
  } finally {
    await Promise.all(hashers.map((hasher) => hasher.terminate()));
  }
}

/** Batches of files, asked for well before the last one is taken: the writer, who picks them, is busy storing at times. */
class Supply {
  readonly #parts: IdentifyParts;
  readonly #ahead: number;
  readonly #queue: FileBatch[] = [];
  #asked: Promise<void> | undefined;
  #exhausted = false;

  constructor(parts: IdentifyParts, hashers: number) {
    this.#parts = parts;
    this.#ahead = hashers * AHEAD_PER_HASHER;
  }

  async next(): Promise<FileBatch | undefined> {
    while (this.#queue.length === 0 && !this.#exhausted) await this.#refill();
    const batch = this.#queue.shift();
    // What goes wrong is heard of by whoever finds the queue empty.
    if (this.#queue.length < this.#ahead && !this.#exhausted) this.#refill().catch(() => {});
    return batch;
  }

  #refill(): Promise<void> {
    this.#asked ??= this.#parts
      .nextFiles(this.#ahead)
      .then((batches) => {
        this.#queue.push(...batches);
        this.#exhausted = batches.length === 0;
      })
      .finally(() => (this.#asked = undefined));
    return this.#asked;
  }
}

/** Results on their way to be stored: nobody waits for one, but there is an end to how many there are. */
class Results {
  readonly #parts: IdentifyParts;
  readonly #storing = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: IdentifyParts) {
    this.#parts = parts;
  }

  async take(batch: IdentifiedBatch): Promise<void> {
    const stored: Promise<void> = this.#parts
      .store(batch)
      .catch((error: unknown) => void (this.#failure ??= { error }))
      .finally(() => this.#storing.delete(stored));
    this.#storing.add(stored);
    if (this.#storing.size >= MOST_STORING) await Promise.race(this.#storing);
    this.#check();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#storing);
    this.#check();
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

class Hasher {
  readonly #thread: Thread<ToHasher, FromHasher>;

  constructor(workers: Workers, control: WalkControl) {
    this.#thread = new Thread(workers.spawn('hasher', { background: true, heapMiB: HASHER_HEAP_MIB }));
    this.#thread.post({ control: control.memory });
  }

  async identify(batch: FileBatch): Promise<IdentifiedBatch> {
    const answer = await this.#thread.ask(
      batch,
      (said): said is Extract<FromHasher, { identified: unknown }> =>
        'identified' in said && said.identified.number === batch.number,
    );
    return answer.identified;
  }
  terminate(): Promise<void> {
    return this.#thread.terminate();
  }
}
