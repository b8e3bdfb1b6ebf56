import type { ReadConnection } from '../../ports/sqlite.ts';

/** Whether an entry, or a folder it lies in, was put into the trash and can come back: its row is kept then. */
export function isInTrash(db: ReadConnection, id: number): boolean {
  const sql = `WITH RECURSIVE above (id, parent_id) AS (
      SELECT id, parent_id FROM entries WHERE id = ?
      UNION SELECT e.id, e.parent_id FROM above JOIN entries e ON e.id = above.parent_id)
    SELECT 1 FROM above JOIN trashed ON trashed.entry_id = above.id LIMIT 1`;
  return db.prepare(sql).get(id) !== undefined;
}
