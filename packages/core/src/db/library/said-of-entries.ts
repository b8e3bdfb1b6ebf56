/** Columns of `metadata` that entries can be asked for. */
type Column = 'favorite' | 'rating' | 'hidden' | 'note' | 'fields';

const FARTHER = (column: Column): string =>
  `(SELECT m.${column} FROM metadata m WHERE m.scope = 1 AND m.target_id = e.content_id),
   (SELECT m.${column} FROM successions s JOIN metadata m ON m.scope = 1 AND m.target_id = s.content_id WHERE s.entry_id = e.id)`;

/** What holds for `entries e`, as an SQL expression: what was said of itself, of its content, of the one it had before. NULL: nothing. */
export function saidOfEntry(column: Column): string {
  return `coalesce((SELECT m.${column} FROM metadata m WHERE m.scope = 0 AND m.target_id = e.id), ${FARTHER(column)})`;
}

/**
 * The ids of all entries for which something was said that meets a condition on `metadata m`, as an SQL query; a few of
 * them may have it overruled by what was said nearer, which `saidOfEntry` knows.
 */
export function entriesWithSaid(condition: string): string {
  return `SELECT m.target_id AS id FROM metadata m WHERE m.scope = 0 AND ${condition}
    UNION SELECT e.id FROM metadata m CROSS JOIN entries e INDEXED BY entries_by_content ON e.content_id = m.target_id
      WHERE m.scope = 1 AND ${condition}
    UNION SELECT s.entry_id FROM metadata m CROSS JOIN successions s ON s.content_id = m.target_id
      WHERE m.scope = 1 AND ${condition}`;
}
