import { storedName } from '../../db/library/root-entry.ts';
import type { WriteTransaction } from '../../db/write.ts';
import { nameOfStored } from '../../domain/entry.ts';
import { joinNative, namesBelow, parentOf } from '../../domain/native-path.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/*
 * An entry is kept while it lies where no index has it: in the trash, or where it was moved out of all locations. It is
 * the top of a tree in `kept_entries`; `kept` says where it is.
 */

/** Where a kept entry lies. */
export interface KeptPlace {
  readonly path: string;
  readonly inode: number;
  /** Of the folder there. */
  readonly folderInode: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function insertKept(tx: WriteTransaction, id: number, { path, inode, folderInode, at }: KeptPlace): void {
  tx.run(
    'INSERT OR REPLACE INTO kept (entry_id, path, inode, folder_inode, kept_at) VALUES (?, ?, ?, ?, ?)',
    id,
    storedName(path),
    inode,
    folderInode,
    at,
  );
}

/** It is nowhere any more, or its rows are not wanted: they are swept. */
export function letGo(tx: WriteTransaction, id: number): void {
  tx.run('UPDATE kept SET going = 1 WHERE entry_id = ?', id);
}

/** The kept entry that lies at a path; what lies in a kept folder becomes one of its own. */
export function keptAt(tx: WriteTransaction, path: string): number | undefined {
  const found = lookFor(tx, path);
  if (!found || found.parent === undefined) return found?.id;
  const { id, parent, top } = found;
  const place = tx
    .prepare<{ inode: number; folder_inode: number; kept_at: number }>(
      `SELECT e.inode, p.inode AS folder_inode, k.kept_at FROM kept_entries e, kept_entries p, kept k
       WHERE e.id = ? AND p.id = ? AND k.entry_id = ?`,
    )
    .get(id, parent, top);
  if (!place) return undefined;
  insertKept(tx, id, { path, inode: place.inode, folderInode: place.folder_inode, at: place.kept_at });
  tx.run('UPDATE kept_entries SET parent_id = NULL WHERE id = ?', id);
  recountedLater(tx, parent);
  return id;
}

/** The kept entry that lies at a path, with the folder it is kept in, where it is. */
export function lookFor(db: ReadConnection, path: string): { id: number; parent?: number; top: number } | undefined {
  const found = findKept(db, path);
  if (!found) return undefined;
  const { top, names } = found;
  let [id, parent]: [number, number | undefined] = [top, undefined];
  for (const name of names) {
    const below = db
      .prepare<{ id: number }>('SELECT id FROM kept_entries WHERE parent_id = ? AND name = ?')
      .get(id, storedName(name));
    if (!below) return undefined;
    [id, parent] = [below.id, id];
  }
  return { id, top, ...(parent === undefined ? {} : { parent }) };
}

/** The kept entry at a path, or the nearest above it with the names from there. */
function findKept(db: ReadConnection, path: string): { top: number; names: string[] } | undefined {
  for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) {
    const top = db
      .prepare<{ id: number }>('SELECT entry_id AS id FROM kept WHERE path = ? AND going = 0')
      .get(storedName(at))?.id;
    if (top !== undefined) return { top, names: namesBelow(at, path) ?? [] };
  }
  return undefined;
}

/** What was kept at a path, and below it, lies at another one, where no index has it either. */
export function movedKept(
  tx: WriteTransaction,
  from: string,
  to: string,
  { inode, folderInode }: Pick<KeptPlace, 'inode' | 'folderInode'>,
): void {
  const id = keptAt(tx, from);
  if (id !== undefined)
    tx.run(
      'UPDATE kept SET path = ?, inode = ?, folder_inode = ? WHERE entry_id = ?',
      storedName(to),
      inode,
      folderInode,
      id,
    );
  for (const below of keptBelow(tx, from))
    tx.run('UPDATE kept SET path = ? WHERE entry_id = ?', storedName(to + below.path.slice(from.length)), below.id);
}

/** A kept entry is that of the file at `path` again, where that one is no other; it is no longer that of the one it lay with. */
export function handedOver(tx: WriteTransaction, entry: number, path: string): void {
  const there = tx.prepare<{ path: string | Uint8Array }>('SELECT path FROM kept WHERE entry_id = ? AND going = 0');
  const from = there.get(entry)?.path;
  if (from === undefined || lookFor(tx, path)) return;
  tx.run('UPDATE kept SET path = ? WHERE entry_id = ?', storedName(path), entry);
  tx.run('UPDATE trashed SET entry_id = NULL WHERE entry_id = ? AND place = ?', entry, from);
}

/** Kept entries that lie below a path, each with the path they lie at; those directly in it first. */
export function keptBelow(db: ReadConnection, path: string): { id: number; path: string }[] {
  // The characters after `/` and its bytes: all that begins with the path and a slash.
  const from = joinNative(path, '');
  const rows = db
    .prepare<{ id: number; path: string | Uint8Array }>(
      `SELECT entry_id AS id, path FROM kept
       WHERE going = 0 AND ((path >= ? AND path < ?) OR typeof(path) = 'blob')`,
    )
    .all(from, `${from.slice(0, -1)}0`);
  return rows
    .map((row) => ({ id: row.id, path: nameOfStored(row.path) }))
    .filter((row) => row.path.startsWith(from))
    .sort((a, b) => a.path.length - b.path.length);
}

/** The sums of a kept folder are made anew once it comes back, and it is looked at. */
function recountedLater(tx: WriteTransaction, folder: number): void {
  tx.run('UPDATE kept_entries SET signature = NULL WHERE id = ?', folder);
  tx.run(
    `WITH RECURSIVE above (id) AS (
       SELECT ? UNION SELECT p.parent_id FROM above JOIN kept_entries p ON p.id = above.id WHERE p.parent_id IS NOT NULL)
     UPDATE kept_entries SET stale = 1 WHERE id IN (SELECT id FROM above)`,
    folder,
  );
}

/** What lies directly in a kept folder, being kept by itself, is kept with it. */
export function gather(tx: WriteTransaction, folder: number, path: string): void {
  let any = false;
  for (const below of keptBelow(tx, path)) {
    if (parentOf(below.path) !== path) continue;
    any = true;
    tx.run('UPDATE kept_entries SET parent_id = ? WHERE id = ?', folder, below.id);
    tx.run('DELETE FROM kept WHERE entry_id = ?', below.id);
  }
  if (any) recountedLater(tx, folder);
}
