import type { Workers } from '../platform.ts';
import type { FileBatch, FromHasher, IdentifiedBatch, ToHasher } from './identify-protocol.ts';
import { Thread } from './thread.ts';
import type { WalkControl } from './walk-control.ts';

/** Enough that a hasher has its next batch while the last one is on its way back. */
const AHEAD_PER_HASHER = 2;
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
  const count = Math.min(MOST_HASHERS, parts.workers.parallelism);
  const hashers = Array.from({ length: count }, () => new Hasher(parts.workers, parts.control));
  const queue: FileBatch[] = [];
  let asked: Promise<void> | undefined;
  let exhausted = false;
  const refill = (): Promise<void> =>
    (asked ??= parts.nextFiles(count * AHEAD_PER_HASHER).then((batches) => {
      queue.push(...batches);
      exhausted = batches.length === 0;
      asked = undefined;
    }));
  const work = async (hasher: Hasher): Promise<void> => {
    while (!parts.control.stopped) {
      const batch = queue.shift();
      if (batch === undefined) {
        if (exhausted) return;
        await refill();
        continue;
      }
      if (queue.length < count && !exhausted) void refill().catch(() => {});
      const identified = await hasher.identify(batch);
      if (!parts.control.stopped) await parts.store(identified);
    }
  };
  try {
    // Two at a time per thread: one is read while the other's result is stored.
    await Promise.race([Promise.all(hashers.flatMap((hasher) => [work(hasher), work(hasher)])), parts.until]);
    await asked;
  } finally {
    await Promise.all(hashers.map((hasher) => hasher.terminate()));
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
