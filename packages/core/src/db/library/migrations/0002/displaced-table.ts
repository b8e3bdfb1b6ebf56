/**
 * Entries whose name another thing has taken, with the root of the location they lay in (`indexing/displaced.ts`). This
 * device's own note; it is not synced. What a scan of format 1 that was cut off has left is given to the location whose
 * scan that was, the last one where there are several.
 */
export const DISPLACED_TABLE = `
CREATE TABLE displaced (
  entry_id INTEGER PRIMARY KEY,
  root_entry_id INTEGER NOT NULL
) STRICT;
CREATE INDEX displaced_by_root ON displaced (root_entry_id);
INSERT INTO displaced (entry_id, root_entry_id)
  SELECT e.id, l.root_entry_id FROM entries e, (
    SELECT root_entry_id FROM locations ORDER BY unsettled_from IS NULL, unsettled_from DESC LIMIT 1) l
  WHERE e.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE root_entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM tombstones WHERE table_name = 'entries' AND row_id = e.id);
`;
