import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/*
 * An entry is displaced when a thing of another type has taken its name. It has no place from then on and shows
 * nowhere; when its location is settled, it is found to lie elsewhere or leaves the index. After a scan that was cut off,
 * the next one of the same location settles it: nobody who has not looked at that location can tell. The table
 * `displaced` says which location it lay in.
 */

/** `root`: the root entry of the location that was looked at when it lost its name. */
export function displace(tx: WriteTransaction, id: number, root: number): void {
  tx.run('UPDATE entries SET parent_id = NULL, revision = ? WHERE id = ?', tx.revision, id);
  tx.run('INSERT OR REPLACE INTO displaced (entry_id, root_entry_id) VALUES (?, ?)', id, root);
}

/** It has a place again, or has left the index. */
export function displacedNoMore(tx: WriteTransaction, id: number): void {
  tx.run('DELETE FROM displaced WHERE entry_id = ?', id);
}

export function isDisplaced(db: ReadConnection, id: number): boolean {
  return db.prepare('SELECT 1 FROM displaced WHERE entry_id = ?').get(id) !== undefined;
}

/** Ids of what lost its place in the locations with these root entries. */
export function displacedFrom(db: ReadConnection, roots: Iterable<number>): Map<number, number> {
  const from = new Map<number, number>();
  for (const root of roots)
    for (const { id } of db
      .prepare<{ id: number }>('SELECT entry_id AS id FROM displaced WHERE root_entry_id = ? ORDER BY entry_id')
      .all(root))
      from.set(id, root);
  return from;
}

/** Roots of removed locations whose sweep was cut off, or never begun. What is on its way to `kept` has no location either. */
export function removedRoots(db: ReadConnection): number[] {
  return db
    .prepare<{ id: number }>(
      `SELECT e.id FROM entries e
       WHERE e.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE root_entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM kept WHERE entry_id = e.id)
         AND EXISTS (SELECT 1 FROM tombstones WHERE table_name = 'entries' AND row_id = e.id)`,
    )
    .all()
    .map(({ id }) => id);
}
