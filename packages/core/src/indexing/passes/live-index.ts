import type { LocationWithTotals } from '../../db/library/locations.ts';
import { writeState } from '../../db/library/write-state.ts';
import type { LibraryAccess } from '../../libraries/library.ts';
import type { Pace } from '../../pace.ts';
import type { ThreadPlatform } from '../../platform.ts';
import { LibraryWriter } from '../library-writer.ts';
import { identifyFew } from './identify-few.ts';
import { Pass, type PassParts } from './pass.ts';
import { type LiveLocation, Places } from './places.ts';

/** A thread with passes stays for as long as its library is open. */
const CACHE_KIB = 4 * 1024;

export interface LiveIndexParts {
  readonly platform: ThreadPlatform;
  readonly library: LibraryAccess;
  /** Of the write lock. */
  readonly owner: number;
  readonly pace: Pace;
  /** Whether the location is there, asked of the disk now. */
  isThere(row: LocationWithTotals): boolean;
}

/** Folders that came, changed or went since some revision. */
export interface FolderNews {
  readonly revision: number;
  readonly changed: readonly number[];
  readonly removed: readonly number[];
}

/** The index of a library as a thread with passes sees it. */
export class LiveIndex {
  readonly #parts: LiveIndexParts;
  readonly #writer: LibraryWriter;

  constructor(parts: LiveIndexParts) {
    this.#parts = parts;
    const { platform, library, owner, pace } = parts;
    this.#writer = new LibraryWriter(platform, library, owner, pace.cacheKiB(CACHE_KIB));
  }

  /** Where things are, with the locations as they are now. */
  places(): Places {
    return new Places(this.#writer.db, this.#parts.library.deviceId);
  }
  isThere(location: LiveLocation): boolean {
    return this.#parts.isThere(location.row);
  }
  /** Every entry that is added from now on gets this id or a higher one. */
  get nextId(): number {
    return this.#writer.entryIds.next;
  }

  /** What was added from here on may have been moved from where it is still missed, also before a crash. */
  get firstUnsettledId(): number {
    const { first } =
      this.#writer.db.prepare<{ first: number | null }>('SELECT min(unsettled_from) AS first FROM locations').get() ??
      {};
    return Math.min(first ?? Infinity, this.nextId);
  }
  /** Folders that are not in the index as they were last listed. */
  unsettledFolders(): number[] {
    return this.#writer.db
      .prepare<{ id: number }>('SELECT entry_id AS id FROM folders WHERE signature IS NULL')
      .all()
      .map(({ id }) => id);
  }

  get revision(): number {
    return writeState(this.#writer.db).revision;
  }
  newsSince(since: number): FolderNews {
    const { db } = this.#writer;
    const { revision } = this;
    if (revision === since) return { revision, changed: [], removed: [] };
    const changed = db
      .prepare<{ id: number }>('SELECT id FROM entries WHERE revision > ? AND type = 1')
      .all(since)
      .map(({ id }) => id);
    const removed = db
      .prepare<{ id: number }>(
        // What is kept where no index has it went from here, under the tombstone of its top.
        `SELECT row_id AS id FROM tombstones WHERE revision > ? AND table_name = 'entries'
         UNION ALL SELECT id FROM kept_entries WHERE revision > ? AND type = 1`,
      )
      .all(since, since)
      .map(({ id }) => id);
    return { revision, changed, removed };
  }

  pass(parts: Pick<PassParts, 'places' | 'entering' | 'firstNewId' | 'left'>): Pass {
    const { files, clock } = this.#parts.platform;
    return new Pass({ ...parts, files, clock, writer: this.#writer, isThere: (location) => this.isThere(location) });
  }

  /** As `identifyFew`. */
  identify(location: LiveLocation, folders: readonly number[], mayGoOn: () => boolean): number | undefined {
    const root = { id: location.root, path: location.path };
    return identifyFew({ hashing: this.#parts.platform.hashing, writer: this.#writer, root, folders, mayGoOn });
  }

  close(): void {
    this.#writer.close();
  }
}
