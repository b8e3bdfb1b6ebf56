import type { ReadConnection } from '../../ports/sqlite.ts';

/** Folders with a known name of one of these files, by inode numbers. */
export function otherNames(db: ReadConnection, inodes: Iterable<number>): Set<number> {
  const folders = new Set<number>();
  for (const inode of inodes) for (const { parent_id } of namesOf(db, inode)) folders.add(parent_id);
  return folders;
}

/**
 * Folders with a name that the index took for the only one of its file. There is no index over the inodes of all files:
 * that would cost every scan, and files with several names are seldom made or written.
 */
export function otherNamesUnknown(db: ReadConnection, inodes: Iterable<number>): Set<number> {
  const rows = db
    .prepare<{ parent_id: number }>(
      `SELECT DISTINCT parent_id FROM entries
       WHERE type = 0 AND links = 0 AND parent_id IS NOT NULL AND inode IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...inodes]));
  return new Set(rows.map(({ parent_id }) => parent_id));
}

/** Inode numbers of the files with several names among these entries and all below them. */
export function linkedBelow(db: ReadConnection, entries: readonly number[]): Set<number> {
  const linked = new Set<number>();
  if (!db.prepare('SELECT 1 FROM entries WHERE links = 1 AND type = 0 LIMIT 1').get()) return linked;
  for (const id of entries)
    for (const { inode } of db.prepare<{ inode: number }>(LINKED_BELOW).iterate(id)) linked.add(inode);
  return linked;
}
const LINKED_BELOW = `
  WITH RECURSIVE below (id, type, inode, links) AS (
    SELECT id, type, inode, links FROM entries WHERE id = ?
    UNION ALL SELECT e.id, e.type, e.inode, e.links FROM below b JOIN entries e ON e.parent_id = b.id WHERE b.type = 1)
  SELECT inode FROM below WHERE links = 1 AND type = 0`;

function namesOf(db: ReadConnection, inode: number): { parent_id: number }[] {
  return db
    .prepare<{ parent_id: number }>(
      'SELECT parent_id FROM entries WHERE inode = ? AND links = 1 AND type = 0 AND parent_id IS NOT NULL',
    )
    .all(inode);
}
