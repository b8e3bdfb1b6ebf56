import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../platform.ts';

/*
 * An entry is displaced when a thing of another type has taken its name. It has no place from then on and shows
 * nowhere; when the scan settles, it is found to lie elsewhere or leaves the index. After a scan that was cut off, the
 * next one settles it. Unlike the root of a location that was removed it has no tombstone.
 */
const NO_PLACE = 'e.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE root_entry_id = e.id)';
const REMOVED = "EXISTS (SELECT 1 FROM tombstones WHERE table_name = 'entries' AND row_id = e.id)";

export function displace(tx: WriteTransaction, id: number): void {
  tx.run('UPDATE entries SET parent_id = NULL, revision = ? WHERE id = ?', tx.revision, id);
}

export function isDisplaced(db: ReadConnection, id: number): boolean {
  return db.prepare(`SELECT 1 FROM entries e WHERE e.id = ? AND ${NO_PLACE} AND NOT ${REMOVED}`).get(id) !== undefined;
}

export function displacedEntries(db: ReadConnection): number[] {
  return db
    .prepare<{ id: number }>(`SELECT e.id FROM entries e WHERE ${NO_PLACE} AND NOT ${REMOVED}`)
    .all()
    .map(({ id }) => id);
}

/** Roots of removed locations whose sweep was cut off, or never begun. */
export function removedRoots(db: ReadConnection): number[] {
  return db
    .prepare<{ id: number }>(`SELECT e.id FROM entries e WHERE ${NO_PLACE} AND ${REMOVED}`)
    .all()
    .map(({ id }) => id);
}
