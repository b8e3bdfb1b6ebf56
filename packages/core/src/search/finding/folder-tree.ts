import { isHidden, nameOfStored } from '../../domain/entry.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/** A folder on the way up to its location's root. */
export interface Folder {
  readonly parent: number | null;
  readonly name: string;
  /** It or one above it is hidden; a location's root, which somebody chose, never is. */
  readonly hidden: boolean;
  /** The entry at the top. */
  readonly root: number;
}

/** Folders kept, about 15 MB; a search that meets more of them starts afresh. */
const MOST_FOLDERS = 150_000;

/** The folders that searches have met, as they stand at one revision of the library. */
export class FolderTree {
  readonly #db: ReadConnection;
  readonly #folders = new Map<number, Folder>();

  constructor(db: ReadConnection) {
    this.#db = db;
  }

  /** `undefined` where it, or one above it, is not there (any more). */
  folder(id: number): Folder | undefined {
    const known = this.#folders.get(id);
    if (known) return known;
    const row = this.#db
      .prepare<{ parent_id: number | null; name: string | Uint8Array }>(
        'SELECT parent_id, name FROM entries WHERE id = ?',
      )
      .get(id);
    if (!row) return undefined;
    const name = nameOfStored(row.name);
    const parent = row.parent_id === null ? null : this.folder(row.parent_id);
    if (parent === undefined) return undefined;
    const folder: Folder = parent
      ? { parent: row.parent_id, name, hidden: parent.hidden || isHidden(name), root: parent.root }
      : { parent: null, name, hidden: false, root: id };
    if (this.#folders.size >= MOST_FOLDERS) this.#folders.clear();
    this.#folders.set(id, folder);
    return folder;
  }

  /** The root of a folder and the names from there down to it, joined by slashes; the root's own is not among them. */
  path(id: number): { root: number; names: string } | undefined {
    const names: string[] = [];
    for (let at: number | null = id; ;) {
      const folder = this.folder(at);
      if (!folder) return undefined;
      if (folder.parent === null) return { root: folder.root, names: names.reverse().join('/') };
      names.push(folder.name);
      at = folder.parent;
    }
  }
}
