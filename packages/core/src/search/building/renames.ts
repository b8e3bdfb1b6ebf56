import { type NamesMeta, writeMeta } from '../../db/names/meta.ts';
import type { WriteTransaction } from '../../db/write.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import { CHUNK_ROWS, type NameRow, insertNames } from './fill.ts';
import { type GramCounts, saveGrams } from './gram-counts.ts';

interface RenamedRow extends NameRow {
  readonly revision: number;
}

/** A write of the library, with its lock. */
export type LibraryWrite = (work: (tx: WriteTransaction) => void) => void;

/**
 * Puts entries that have another name now into the index once more, and only when that is committed takes them off the
 * list: at every instant a search finds them by one of the two. Answers the meta after it and whether there may be more.
 */
export function reindexRenamed(
  names: Connection,
  library: ReadConnection,
  write: LibraryWrite,
  meta: NamesMeta,
): NamesMeta & { readonly more: boolean } {
  const rows = library
    .prepare<RenamedRow>(
      'SELECT r.id, e.name, e.revision FROM renamed_entries r JOIN entries e ON e.id = r.id WHERE r.id <= ? ORDER BY r.id LIMIT ?',
    )
    .all(meta.mark, CHUNK_ROWS);
  const gone = library
    .prepare<{ id: number }>(
      'SELECT r.id FROM renamed_entries r LEFT JOIN entries e ON e.id = r.id WHERE e.id IS NULL LIMIT ?',
    )
    .all(CHUNK_ROWS);
  if (rows.length + gone.length === 0) return { ...meta, more: false };

  const counts: GramCounts = new Map();
  const after = { ...meta, docs: meta.docs + rows.length };
  names.exec('BEGIN IMMEDIATE');
  try {
    insertNames(names, rows, counts);
    // While the first build runs, its end counts them with all others.
    if (meta.state === 'ready') saveGrams(names, counts);
    writeMeta(names, after);
    names.exec('COMMIT');
  } catch (error) {
    names.exec('ROLLBACK');
    throw error;
  }
  write((tx) => {
    // One that was renamed once more in between has another revision, and stays on the list.
    for (const row of rows)
      tx.run(
        'DELETE FROM renamed_entries WHERE id = ? AND EXISTS (SELECT 1 FROM entries e WHERE e.id = renamed_entries.id AND e.revision = ?)',
        row.id,
        row.revision,
      );
    for (const row of gone)
      tx.run(
        'DELETE FROM renamed_entries WHERE id = ? AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.id = renamed_entries.id)',
        row.id,
      );
  });
  return { ...after, more: rows.length === CHUNK_ROWS || gone.length === CHUNK_ROWS };
}
