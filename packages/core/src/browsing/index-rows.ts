import {
  type EntryRow,
  type FolderSums,
  childNamed,
  childrenOf,
  sumsOf,
  sumsOfChildren,
} from '../db/library/entries.ts';
import { FOLDER, nameOfStored } from '../domain/entry.ts';
import type { ReadConnection } from '../platform.ts';

/** What the index has of one child. */
export interface IndexedChild {
  readonly row: EntryRow;
  readonly sums?: FolderSums | undefined;
}

/** Looking names up one by one costs this many times what reading them in a row does. */
const LOOKUP_COST = 5;

/** What the index has of these children of a folder, by name: read whole where most are wanted, else looked up. */
export function indexedChildren(
  db: ReadConnection,
  folderId: number,
  names: readonly string[],
  total: number,
): ReadonlyMap<string, IndexedChild> {
  if (names.length * LOOKUP_COST > total) {
    const sums = sumsOfChildren(db, folderId);
    return new Map(childrenOf(db, folderId).map((row) => [nameOfStored(row.name), { row, sums: sums.get(row.id) }]));
  }
  const found = new Map<string, IndexedChild>();
  for (const name of names) {
    const row = childNamed(db, folderId, name);
    if (row) found.set(name, { row, sums: row.type === FOLDER ? sumsOf(db, row.id) : undefined });
  }
  return found;
}
