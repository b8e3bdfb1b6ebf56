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

/** Of a folder whose children are asked for more often than this, all are looked up at once. */
const ONE_BY_ONE = 8;
/** Children remembered before the memory is begun anew. */
const MOST_REMEMBERED = 1_000_000;

interface Asked {
  times: number;
  children?: ReadonlyMap<string, IndexedChild>;
}

/** What the library's index knows of native paths, for the making of one plan. What is on the disk, the disk says. */
export class IndexedTree {
  readonly #db: ReadConnection;
  readonly #locations: readonly { readonly path: string; readonly row: LocationWithTotals }[];
  readonly #folders = new Map<string, number | undefined>();
  /** By the ids of folders. */
  readonly #asked = new Map<number, Asked>();
  #remembered = 0;

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
    if (this.#folders.has(path)) return this.#folders.get(path);
    const at = this.#locations.find((location) => location.row.volume_away === 0 && isWithin(path, location.path));
    const found = at && folderBelow(this.#db, at.row.root_entry_id, namesBelow(at.path, path) ?? []);
    this.#folders.set(path, found);
    return found;
  }

  /** The entry of that exact name in a folder. */
  child(folder: number | undefined, name: string): IndexedChild | undefined {
    if (folder === undefined) return undefined;
    const asked = this.#asked.get(folder) ?? { times: 0 };
    this.#asked.set(folder, asked);
    if (++asked.times > ONE_BY_ONE) asked.children ??= this.#remember(this.children(folder));
    return asked.children ? asked.children.get(name) : this.#find(folder, name);
  }

  #remember<T extends ReadonlyMap<string, IndexedChild>>(children: T): T {
    this.#remembered += children.size;
    if (this.#remembered > MOST_REMEMBERED) {
      this.#remembered = children.size;
      this.#asked.clear();
    }
    return children;
  }

  #find(folder: number, name: string): IndexedChild | undefined {
    const sql = 'SELECT id, content_id AS content FROM entries WHERE parent_id = ? AND name = ?';
    // By the index of folders first: for a file all that lies in the folder is gone through.
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
