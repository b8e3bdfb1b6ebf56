import { writeState } from '../db/library/write-state.ts';
import { readMeta } from '../db/names/meta.ts';
import { NAMES_FORMAT, namesPathOf } from '../db/names/schema.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { toPlainError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { LibraryIndexer, type TextIndexServiceParts, type TextIndexStatus } from './library-indexer.ts';

/** What the service needs of an open library. */
export interface IndexableLibrary {
  readonly id: string;
  readonly db: ReadConnection;
  readonly access: {
    readonly databasePath: string;
    readonly key: Uint8Array;
    readonly deviceId: Uint8Array;
    readonly lock: SharedArrayBuffer;
  };
}

/** Keeps the text index of every open library up to date, in a background thread per library that ends when idle. */
export class TextIndexService {
  readonly #parts: TextIndexServiceParts;
  readonly #libraries = new Map<string, LibraryIndexer>();

  constructor(parts: TextIndexServiceParts) {
    this.#parts = parts;
  }

  /**
   * Begins with what the index lacks. `safeBound` answers an id below which every entry is committed or never will be:
   * the next free id, or where an indexing run is on, the next free id at its start.
   */
  start(library: IndexableLibrary, safeBound: () => number): void {
    if (this.#libraries.has(library.id)) return;
    const lock = new WriteLock(MAIN_THREAD, library.access.lock);
    const owner = lock.newOwner();
    const indexer = new LibraryIndexer(this.#parts, {
      id: library.id,
      start: { ...library.access, namesPath: namesPathOf(library.access.databasePath), owner },
      safeBound,
      builtTo: this.#builtTo(library, safeBound()),
      hasWork: (from, below) => hasWork(library.db, from, below),
      releaseLock: () => lock.releaseFor(owner),
    });
    this.#libraries.set(library.id, indexer);
    indexer.nudge();
  }

  /** Everything below is in the index that is there; 0 where a look at it has to be left to the builder. */
  #builtTo({ db, access }: IndexableLibrary, bound: number): number {
    try {
      const { sqlite } = this.#parts;
      const names = sqlite.open({
        path: namesPathOf(access.databasePath),
        key: access.key,
        mode: 'read',
        cacheKiB: 100,
      });
      try {
        const meta = readMeta(names, 'main');
        const fits =
          meta?.format === NAMES_FORMAT && meta.state === 'ready' && meta.revision <= writeState(db).revision;
        return fits && !hasWork(db, meta.mark + 1, bound) ? bound : 0;
      } finally {
        names.close();
      }
    } catch {
      return 0;
    }
  }

  /** To be called after commits that may have added or renamed entries; cheap where there is nothing to do. */
  nudge(libraryId: string): void {
    const indexer = this.#libraries.get(libraryId);
    try {
      indexer?.nudge();
    } catch (error) {
      this.#parts.log.error('the text index could not be told of a change', {
        library: libraryId,
        error: toPlainError(error).message,
      });
    }
  }

  /** Ends its thread after the commit in progress and lets go of the library's files. */
  async stop(libraryId: string): Promise<void> {
    const indexer = this.#libraries.get(libraryId);
    this.#libraries.delete(libraryId);
    await indexer?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#libraries.keys()].map((id) => this.stop(id)));
  }

  status(): TextIndexStatus[] {
    return [...this.#libraries.values()].map((indexer) => indexer.status);
  }

  /** Resolves when the index of the library holds all that there was to take when this was called. */
  async settled(libraryId: string): Promise<void> {
    await this.#libraries.get(libraryId)?.settled();
  }
}

/** Whether there are entries from `from` on below `below`, or renamed ones. */
function hasWork(db: ReadConnection, from: number, below: number): boolean {
  const any = db.prepare('SELECT 1 FROM entries WHERE id >= ? AND id < ? LIMIT 1').get(from, below);
  return (any ?? db.prepare('SELECT 1 FROM renamed_entries LIMIT 1').get()) !== undefined;
}
