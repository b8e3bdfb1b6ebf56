import { type EntryRow, childIds, childrenOf, entryById, sumsOf, sumsOfChildren } from '../db/library/entries.ts';
import { writeState } from '../db/library/write-state.ts';
import { FOLDER, type FolderSums, nameOfStored } from '../domain/entry.ts';
import type { ReadConnection } from '../platform.ts';

/** What the index has of one child. */
export interface IndexedChild {
  readonly row: EntryRow;
  readonly sums?: FolderSums | undefined;
}

/** The index of the library that knows a folder. */
export interface FolderIndex {
  readonly db: ReadConnection;
  readonly folderId: number;
  readonly ids: ChildIds;
}

/** Up to this share of a folder's children are fetched by their ids; beyond it, all of them are read. */
const FEW = 1 / 4;
/** Folders of which all children are read whatever is wanted: it takes a millisecond or two. */
const SMALL = 1_000;

/** What the index has of these children of a folder, by name. `total`: how many children the folder has. */
export function indexedChildren(
  index: FolderIndex,
  names: readonly string[],
  total: number,
): ReadonlyMap<string, IndexedChild> {
  const { db, folderId } = index;
  if (total <= SMALL || names.length > total * FEW) {
    const sums = sumsOfChildren(db, folderId);
    return new Map(childrenOf(db, folderId).map((row) => [nameOfStored(row.name), { row, sums: sums.get(row.id) }]));
  }
  const ids = index.ids.of(db, folderId);
  const found = new Map<string, IndexedChild>();
  for (const name of names) {
    const id = ids.get(name);
    const row = id === undefined ? undefined : entryById(db, id);
    if (!row || row.parent_id !== folderId || nameOfStored(row.name) !== name) continue;
    found.set(name, { row, sums: row.type === FOLDER ? sumsOf(db, row.id) : undefined });
  }
  return found;
}

/** Names remembered by one thread, all folders together: some 30 MB at most. */
const MOST_NAMES = 300_000;
/** While a library is being written to, a folder's ids may be this old: names new to the index show as such a little later. */
const FRESH_MS = 1_000;

interface Remembered {
  readonly revision: number;
  readonly readAt: number;
  readonly ids: ReadonlyMap<string, number>;
}

/**
 * The ids of the children of big folders, by name, of one connection: the index keeps no names in order (they would be
 * a quarter of its size), so that looking for one goes through all of them.
 */
export class ChildIds {
  readonly #now: () => number;
  readonly #folders = new Map<number, Remembered>();

  /** `now`: milliseconds that only go forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  of(db: ReadConnection, folderId: number): ReadonlyMap<string, number> {
    const known = this.#folders.get(folderId);
    const { revision } = writeState(db);
    if (known && (known.revision === revision || this.#now() - known.readAt < FRESH_MS)) return known.ids;
    const ids = childIds(db, folderId);
    this.#folders.delete(folderId);
    this.#folders.set(folderId, { revision, readAt: this.#now(), ids });
    this.#forgetOldest();
    return ids;
  }

  #forgetOldest(): void {
    let names = 0;
    for (const { ids } of this.#folders.values()) names += ids.size;
    for (const [folder, { ids }] of this.#folders) {
      if (names <= MOST_NAMES || this.#folders.size === 1) return;
      this.#folders.delete(folder);
      names -= ids.size;
    }
  }
}
