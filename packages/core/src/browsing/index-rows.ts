import { type EntryRow, childIds, childrenOf, entryById, sumsOf, sumsOfChildren } from '../db/library/entries.ts';
import { writeState } from '../db/library/write-state.ts';
import { FOLDER, type FolderSums, nameOfStored } from '../domain/entry.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What the index has of one child. */
export interface IndexedChild {
  readonly row: EntryRow;
  readonly sums?: FolderSums | undefined;
}

/** The index of the library that knows a folder. */
export interface FolderIndex {
  readonly db: ReadConnection;
  readonly folderId: number;
  readonly memory: IndexMemory;
}

/** Up to this share of a folder's children are fetched by their ids; beyond it, all of them are read. */
const FEW = 1 / 4;
/** Folders of which all children are read, and remembered, whatever is wanted: it takes a millisecond or two. */
const SMALL = 2_000;

/** What the index has of these children of a folder, by name. `total`: how many children the folder has. */
export function indexedChildren(
  { db, folderId, memory }: FolderIndex,
  names: readonly string[],
  total: number,
): ReadonlyMap<string, IndexedChild> {
  if (total <= SMALL) return memory.children(db, folderId);
  if (names.length > total * FEW) return allChildren(db, folderId);
  const ids = memory.ids(db, folderId);
  const found = new Map<string, IndexedChild>();
  for (const name of names) {
    const id = ids.get(name);
    const row = id === undefined ? undefined : entryById(db, id);
    if (!row || row.parent_id !== folderId || nameOfStored(row.name) !== name) continue;
    found.set(name, { row, sums: row.type === FOLDER ? sumsOf(db, row.id) : undefined });
  }
  return found;
}

function allChildren(db: ReadConnection, folderId: number): ReadonlyMap<string, IndexedChild> {
  const sums = sumsOfChildren(db, folderId);
  return new Map(childrenOf(db, folderId).map((row) => [nameOfStored(row.name), { row, sums: sums.get(row.id) }]));
}

/** While a library is being written to, a folder's ids may be this old: names new to the index show as such a little later. */
const FRESH_MS = 1_000;
/** Rows and ids remembered by one thread, all folders together: some 10 MB and 30 MB at most. */
const MOST_ROWS = 20_000;
const MOST_IDS = 300_000;

/** What one thread remembers of a library's index: it holds for as long as the library's revision stays the same. */
export class IndexMemory {
  readonly #now: () => number;
  readonly #rows = new Remembered<IndexedChild>(MOST_ROWS);
  readonly #ids = new Remembered<number>(MOST_IDS);

  /** `now`: milliseconds that only go forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The children of a small folder by name. */
  children(db: ReadConnection, folderId: number): ReadonlyMap<string, IndexedChild> {
    return this.#rows.get(folderId, writeState(db).revision, 0, 0, () => allChildren(db, folderId));
  }

  /**
   * The ids of a big folder's children by name. The index keeps names in no order (that would cost 22 MB
   * per million), so that looking for one would go through all of them.
   */
  ids(db: ReadConnection, folderId: number): ReadonlyMap<string, number> {
    const { revision } = writeState(db);
    return this.#ids.get(folderId, revision, this.#now(), FRESH_MS, () => childIds(db, folderId));
  }
}

type ByName<T> = ReadonlyMap<string, T>;

/** Maps by folder, the oldest forgotten first. */
class Remembered<T> {
  readonly #most: number;
  readonly #folders = new Map<number, { readonly revision: number; readonly at: number; readonly byName: ByName<T> }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What was read at this revision, or less than `fresh` before `now`; else it is read. */
  get(folder: number, revision: number, now: number, fresh: number, read: () => ByName<T>): ByName<T> {
    const known = this.#folders.get(folder);
    if (known && (known.revision === revision || now - known.at < fresh)) return known.byName;
    const byName = read();
    this.#folders.delete(folder);
    this.#folders.set(folder, { revision, at: now, byName });
    this.#forgetOldest();
    return byName;
  }

  #forgetOldest(): void {
    let held = 0;
    for (const { byName } of this.#folders.values()) held += byName.size;
    for (const [folder, { byName }] of this.#folders) {
      if (held <= this.#most || this.#folders.size === 1) return;
      this.#folders.delete(folder);
      held -= byName.size;
    }
  }
}
