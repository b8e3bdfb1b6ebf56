import { folderBelow, sumsOf } from '../../db/library/entries.ts';
import { type LocationWithTotals, listLocations } from '../../db/library/locations.ts';
import { storedName } from '../../db/library/root-entry.ts';
import { FOLDER, type FolderSums, nameOfStored } from '../../domain/entry.ts';
import { isWithin, namesBelow } from '../../domain/native-path.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

export interface IndexedChild {
  readonly id: number;
  /** Of its content, where that is known. */
  readonly content: number | null;
}

/** What the library's index knows of native paths. What is on the disk, the disk says. */
export class IndexedTree {
  readonly #db: ReadConnection;
  readonly #locations: readonly { readonly path: string; readonly row: LocationWithTotals }[];

  constructor(db: ReadConnection) {
    this.#db = db;
    this.#locations = listLocations(db).map((row) => ({ path: nameOfStored(row.path), row }));
  }

  /** The location a path lies in, one that is there before one that is away. */
  locationOf(path: string): LocationWithTotals | undefined {
    const holding = this.#locations.filter((location) => isWithin(path, location.path));
    return (holding.find(({ row }) => row.volume_away === 0) ?? holding[0])?.row;
  }

  /** Locations that are this folder, or lie below it. */
  locationsWithin(path: string): LocationWithTotals[] {
    return this.#locations
      .filter(({ path: at, row }) => row.volume_away === 0 && isWithin(at, path))
      .map(({ row }) => row);
  }

  /** Locations whose folder lies on one of these paths' file systems are told by the caller. */
  get locations(): readonly { readonly path: string; readonly row: LocationWithTotals }[] {
    return this.#locations;
  }

  /** The entry of a folder; `undefined` where the index does not know it. */
  folder(path: string): number | undefined {
    const at = this.#locations.find((location) => location.row.volume_away === 0 && isWithin(path, location.path));
    return at && folderBelow(this.#db, at.row.root_entry_id, namesBelow(at.path, path) ?? []);
  }

  /** The entry of that exact name in a folder. */
  child(folder: number | undefined, name: string): IndexedChild | undefined {
    if (folder === undefined) return undefined;
    const sql = 'SELECT id, content_id AS content FROM entries WHERE parent_id = ? AND name = ?';
    // By the index of folders first: to go through a folder of 100,000 files takes a while.
    return (
      this.#db.prepare<IndexedChild>(`${sql} AND type = ${FOLDER}`).get(folder, storedName(name)) ??
      this.#db.prepare<IndexedChild>(sql).get(folder, storedName(name))
    );
  }

  children(folder: number): Map<string, IndexedChild> {
    const rows = this.#db
      .prepare<{ id: number; name: string | Uint8Array; content: number | null }>(
        'SELECT id, name, content_id AS content FROM entries WHERE parent_id = ?',
      )
      .all(folder);
    return new Map(rows.map(({ id, name, content }) => [nameOfStored(name), { id, content }]));
  }

  /** What a folder comes to; `undefined` while that is being counted. */
  sums(folder: number): FolderSums | undefined {
    return sumsOf(this.#db, folder);
  }
}
