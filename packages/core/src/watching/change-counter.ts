import { countChanges, locationByUuid } from '../db/library/locations.ts';
import { type ChangeCounts, addCounts } from '../domain/scan.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** Counts wait at most so long to be written. */
const TOGETHER_MS = 2_000;

interface Counted {
  /** By location id. */
  waiting: Map<string, ChangeCounts>;
  cancelTimer: (() => void) | undefined;
  writing: Promise<void>;
}

/**
 * Counts what passes bring into the index of each location, for "what has changed since somebody last asked". A pass
 * follows every save of a file: the counts of several are written together, so that the main thread does not write once
 * more for each. What waits when the process is killed is lost; the count is for people, and the index does not need it.
 */
export class ChangeCounter {
  readonly #parts: { readonly clock: Clock; readonly log: Log };
  readonly #libraries = new Map<Library, Counted>();

  constructor(parts: { clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  count(library: Library, location: string, changes: ChangeCounts): void {
    const counted = this.#libraries.get(library) ?? {
      waiting: new Map(),
      cancelTimer: undefined,
      writing: Promise.resolve(),
    };
    this.#libraries.set(library, counted);
    const before = counted.waiting.get(location);
    counted.waiting.set(location, before ? addCounts(before, changes) : changes);
    counted.cancelTimer ??= this.#parts.clock.after(TOGETHER_MS, () => void this.write(library));
  }

  /** Resolves once all that was counted is in the rows of the locations, or could not be written, which the log says. */
  write(library: Library): Promise<void> {
    const counted = this.#libraries.get(library);
    if (!counted) return Promise.resolve();
    counted.cancelTimer?.();
    counted.cancelTimer = undefined;
    const { waiting } = counted;
    if (waiting.size === 0) return counted.writing;
    counted.waiting = new Map();
    counted.writing = library
      .write((tx) => {
        for (const [location, changes] of waiting) {
          const row = locationByUuid(tx, location);
          if (row) countChanges(tx, row, changes);
        }
      })
      .catch((error: unknown) => this.#parts.log.debug('changes are not counted', { error: String(error) }));
    return counted.writing;
  }

  /** As `write`, and forgets the library. */
  async end(library: Library): Promise<void> {
    await this.write(library);
    this.#libraries.delete(library);
  }
}
