import { anySuccessions, succeed } from '../db/library/successions.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { IdSource } from '../domain/ids.ts';
import { IDENTIFIED, type IdentifiedBatch } from './identify-protocol.ts';

/**
 * Stores what files are. A content that is new joins the change log; a file that has a content gets its UUID. A row that
 * changed since it was picked is left for the next scan. Answers how many files and bytes were identified.
 */
export function writeContents(
  tx: WriteTransaction,
  batch: IdentifiedBatch,
  folders: readonly number[],
  newIds: IdSource,
): { files: number; bytes: number } {
  const done = { files: 0, bytes: 0 };
  const successions = anySuccessions(tx);
  for (let at = 0; at < batch.outcomes.length; at++) {
    if (batch.outcomes[at] !== IDENTIFIED) continue;
    const size = batch.sizes[at] ?? 0;
    const kind = batch.kinds[at] ?? 0;
    const content = contentId(tx, batch.hashes.slice(at * 32, at * 32 + 32), size, kind);
    const { changes } = tx.run(
      'UPDATE entries SET content_id = ?, kind = ?, uuid = coalesce(uuid, ?), revision = ? WHERE id = ? AND size = ? AND mtime = ?',
      content,
      kind,
      newIds.bytes(),
      tx.revision,
      batch.ids[at] ?? 0,
      size,
      batch.mtimes[at] ?? 0,
    );
    if (successions && changes > 0) succeed(tx, batch.ids[at] ?? 0, content);
    done.files += changes;
    done.bytes += changes * size;
  }
  for (const folder of folders) tx.run(KNOWN, folder);
  return done;
}

/** Files may have come to the folder since those that are known now were picked: then it is not done. */
const KNOWN = `UPDATE folders SET unidentified = 0 WHERE entry_id = ? AND NOT EXISTS
  (SELECT 1 FROM entries e WHERE e.parent_id = folders.entry_id AND e.type = 0 AND e.content_id IS NULL)`;

/** Most contents are new: what is usually one look at the index of hashes is not made two. */
function contentId(tx: WriteTransaction, hash: Uint8Array, size: number, kind: number): number {
  const { changes, lastId } = tx.run(
    'INSERT INTO contents (hash, size, kind) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    hash,
    size,
    kind,
  );
  if (changes === 0) return tx.prepare<{ id: number }>('SELECT id FROM contents WHERE hash = ?').get(hash)?.id ?? 0;
  tx.logged('contents', hash, { size, kind });
  return lastId;
}
