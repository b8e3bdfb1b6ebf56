import type { ReadConnection } from '../../ports/sqlite.ts';
import { tagWithDescendants } from './tag-links.ts';

const WANTED = 'a.tag_id IN (SELECT value FROM json_each(?))';

/**
 * The entries that have one of these tags: of themselves, by their content, or by the content they had before they were
 * edited, while the new one is not known. Ascending; also those in the trash and in locations that were removed.
 */
export function entriesTagged(db: ReadConnection, tags: readonly number[]): number[] {
  const list = JSON.stringify(tags);
  return db
    .prepare<{ id: number }>(
      `SELECT a.target_id AS id FROM tag_applications a WHERE ${WANTED} AND a.scope = 0
       UNION SELECT e.id FROM tag_applications a CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = a.target_id
         WHERE ${WANTED} AND a.scope = 1
       UNION SELECT s.entry_id FROM tag_applications a CROSS JOIN successions s ON s.content_id = a.target_id
         WHERE ${WANTED} AND a.scope = 1`,
    )
    .all(list, list, list)
    .map(({ id }) => id);
}

/** Tags whose files are shown only when asked for: those of the kind `privacy` and all below them. */
export function privateTags(db: ReadConnection): number[] {
  const tops = db.prepare<{ id: number }>("SELECT id FROM tags WHERE kind = 'privacy'").all();
  return [...new Set(tops.flatMap(({ id }) => tagWithDescendants(db, id)))];
}
