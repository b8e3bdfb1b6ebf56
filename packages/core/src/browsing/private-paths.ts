import { childNamed, folderBelow } from '../db/library/entries.ts';
import type { PrivateEntries } from '../db/library/private-entries.ts';
import { nameOfStored } from '../domain/entry.ts';
import { uuidFromText } from '../domain/ids.ts';
import { basenameOf, parentOf } from '../domain/native-path.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What the index knows of a folder. */
interface Folder {
  /** Absent where the index does not know it. */
  readonly id?: number | undefined;
  readonly isPrivate: boolean;
}
const UNKNOWN: Folder = { isPrivate: false };

/** Tells of native paths of this device, also of what the index does not have, whether it lies in a private folder. One per query. */
export class PrivatePaths {
  readonly #db: ReadConnection;
  readonly #hidden: PrivateEntries;
  readonly #roots: ReadonlyMap<string, number>;
  /** Paths of private folders that lie in the trash. */
  readonly #gone: ReadonlySet<string>;
  readonly #folders = new Map<string, Folder>();

  /** `device`: UUID of this one. */
  constructor(db: ReadConnection, device: string, hidden: PrivateEntries) {
    this.#db = db;
    this.#hidden = hidden;
    const roots = db
      .prepare<{ path: string | Uint8Array; id: number }>(
        'SELECT path, root_entry_id AS id FROM locations WHERE device_id = ? ORDER BY volume_away DESC',
      )
      .all(uuidFromText(device) ?? null);
    this.#roots = new Map(roots.map(({ path, id }) => [nameOfStored(path), id]));
    const gone = db
      .prepare<{ path: string | Uint8Array }>(
        'SELECT path FROM trashed WHERE entry_id IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify([...hidden.tops]));
    this.#gone = new Set(gone.map(({ path }) => nameOfStored(path)));
  }

  /** Whether it is private, or lies in a private folder. */
  has(path: string): boolean {
    if (this.#hidden.isEmpty) return false;
    if (this.#roots.has(path)) return this.#folder(path).isPrivate;
    const folder = this.#above(path);
    if (folder.isPrivate || folder.id === undefined) return folder.isPrivate;
    const entry = childNamed(this.#db, folder.id, basenameOf(path));
    return entry !== undefined && this.#hidden.tops.has(entry.id);
  }

  /** Whether the folder it lies in, or lay in before it was trashed, is private. */
  liesInOne(path: string): boolean {
    return !this.#hidden.isEmpty && this.#above(path).isPrivate;
  }

  #above(path: string): Folder {
    const parent = parentOf(path);
    return parent === undefined ? UNKNOWN : this.#folder(parent);
  }

  #folder(path: string): Folder {
    const before = this.#folders.get(path);
    if (before) return before;
    const folder = this.#lookUp(path);
    this.#folders.set(path, folder);
    return folder;
  }

  #lookUp(path: string): Folder {
    const root = this.#roots.get(path);
    if (root !== undefined) return { id: root, isPrivate: this.#hidden.tops.has(root) };
    const above = this.#above(path);
    if (above.isPrivate || this.#gone.has(path)) return { isPrivate: true };
    const id = above.id === undefined ? undefined : folderBelow(this.#db, above.id, [basenameOf(path)]);
    return { id, isPrivate: id !== undefined && this.#hidden.tops.has(id) };
  }
}
