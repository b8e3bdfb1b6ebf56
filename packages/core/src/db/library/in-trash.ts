import type { ReadConnection } from '../../ports/sqlite.ts';

/** Whether an entry, or a folder it lies in, was put into the trash and can come back: its row is kept then. */
export function isInTrash(db: ReadConnection, entry: number): boolean {
  return anyInTrash(db, 'id', entry);
}

/** Whether a file that has the content was put into the trash. */
export function isContentInTrash(db: ReadConnection, content: number): boolean {
  return anyInTrash(db, 'content_id', content);
}

function anyInTrash(db: ReadConnection, column: 'id' | 'content_id', value: number): boolean {
  const sql = `WITH RECURSIVE above (id, parent_id) AS (
      SELECT id, parent_id FROM kept_entries WHERE ${column} = ?
      UNION SELECT k.id, k.parent_id FROM above JOIN kept_entries k ON k.id = above.parent_id)
    SELECT 1 FROM above JOIN trashed ON trashed.entry_id = above.id LIMIT 1`;
  return db.prepare(sql).get(value) !== undefined;
}
