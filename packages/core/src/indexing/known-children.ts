import { nameOfStored } from '../domain/entry.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { isDisplaced } from './displaced.ts';

/** What the index holds of a child, as far as the disk can show a difference. */
export interface KnownChild {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
}

/** What a walker asks of the index. */
export class KnownChildren {
  readonly #db: ReadConnection;

  constructor(db: ReadConnection) {
    this.#db = db;
  }

  /** `undefined` where the folder's rows must be compared. */
  signature(folder: number): number | undefined {
    return (
      this.#db.prepare<{ signature: number | null }>('SELECT signature FROM folders WHERE entry_id = ?').get(folder)
        ?.signature ?? undefined
    );
  }

  all(folder: number): KnownChild[] {
    return this.#children(folder, -1);
  }
  /** Any `limit` of them. */
  some(folder: number, limit: number): KnownChild[] {
    return this.#children(folder, limit);
  }
  #children(folder: number, limit: number): KnownChild[] {
    const rows = this.#db
      .prepare<KnownChild>('SELECT id, name, type, size, mtime, inode, links FROM entries WHERE parent_id = ? LIMIT ?')
      .all(folder, limit);
    for (const row of rows) if (typeof row.name !== 'string') (row as { name: string }).name = nameOfStored(row.name);
    return rows;
  }

  one(id: number): (KnownChild & { readonly parent_id: number | null; readonly kind: number }) | undefined {
    const row = this.#db
      .prepare<KnownChild & { parent_id: number | null; kind: number }>(
        'SELECT id, parent_id, name, type, kind, size, mtime, inode, links FROM entries WHERE id = ?',
      )
      .get(id);
    return row && { ...row, name: nameOfStored(row.name) };
  }

  mtime(id: number): number | undefined {
    return this.#db.prepare<{ mtime: number }>('SELECT mtime FROM entries WHERE id = ?').get(id)?.mtime;
  }

  folders(folder: number): { id: number; name: string }[] {
    const rows = this.#db
      .prepare<{ id: number; name: string }>('SELECT id, name FROM entries WHERE parent_id = ? AND type = 1')
      .all(folder);
    return rows.map(({ id, name }) => ({ id, name: nameOfStored(name) }));
  }

  /** Those that a walk goes into: `mounts`, also where another file system is mounted. */
  walkedFolders(folder: number, mounts: boolean): { id: number; name: string }[] {
    const rows = this.#db
      .prepare<{ id: number; name: string }>(
        'SELECT id, name FROM entries WHERE parent_id = ? AND type = 1 AND (links = 0 OR ?)',
      )
      .all(folder, mounts ? 1 : 0);
    return rows.map(({ id, name }) => ({ id, name: nameOfStored(name) }));
  }

  /** Folders of that inode, wherever they lie in the library. */
  foldersOfInode(inode: number): { id: number; parent_id: number | null }[] {
    return this.#db
      .prepare<{ id: number; parent_id: number | null }>(
        'SELECT id, parent_id FROM entries WHERE inode = ? AND type = 1',
      )
      .all(inode);
  }

  /** Whether another thing has taken the name of the entry, see `displaced.ts`. */
  isDisplaced(id: number): boolean {
    return isDisplaced(this.#db, id);
  }

  parent(id: number): { parent_id: number | null; name: string } | undefined {
    const row = this.#db
      .prepare<{ parent_id: number | null; name: string }>('SELECT parent_id, name FROM entries WHERE id = ?')
      .get(id);
    return row && { parent_id: row.parent_id, name: nameOfStored(row.name) };
  }
}
