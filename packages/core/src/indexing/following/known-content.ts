import type { WriteTransaction } from '../../db/write.ts';
import { FILE, FOLDER } from '../../domain/entry.ts';
import { kindByName } from '../../domain/kinds.ts';
import type { RowFacts } from './followed-row.ts';

/**
 * Whether a file has the bytes its row speaks of, under its new facts: the same file unchanged, or one that was copied
 * from it to another file system and compared, and that was modified at `was` there. A file edited since it was indexed
 * has another time or size.
 */
export function hasItsBytes(row: RowFacts, now: RowFacts, was = now.mtime): boolean {
  return row.size === now.size && row.mtime === was;
}

/** Whether what is known of a file under one name holds under another: what it is depends on the kind of its name too. */
export function sameKindOfName(one: string, other: string): boolean {
  return kindByName(FILE, one) === kindByName(FILE, other);
}

/** Every folder from this one down has files that may lack a content. */
export function allUnidentified(tx: WriteTransaction, top: number): void {
  tx.run(
    `WITH RECURSIVE below (id) AS (
       SELECT ? UNION ALL SELECT e.id FROM below b JOIN entries e ON e.parent_id = b.id AND e.type = ${FOLDER})
     UPDATE folders SET unidentified = 1 WHERE own_files > 0 AND entry_id IN (SELECT id FROM below)`,
    top,
  );
}
