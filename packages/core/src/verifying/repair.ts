import { noteSuccession } from '../db/library/successions.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';

/** Rows of one transaction: few enough that whoever waits for the lock waits some milliseconds. */
const BATCH = 500;

/** The parts of an open library that a repair needs. */
export interface RepairedLibrary {
  write<T>(work: (tx: LibraryWriteTransaction) => T): Promise<T>;
}

/** The next scan reads these folders entry by entry, whatever it thinks they hold. */
export async function forgetSignatures(library: RepairedLibrary, folders: readonly number[]): Promise<void> {
  for (let at = 0; at < folders.length; at += BATCH)
    await library.write((tx) => {
      for (const id of folders.slice(at, at + BATCH))
        tx.run('UPDATE folders SET signature = NULL WHERE entry_id = ?', id);
    });
}

/**
 * Files whose content is not what the index says: it counts as unknown from now on, until the next scan reads them anew.
 * Their ids and UUIDs stay. Answers how many there were.
 */
export async function forgetContents(library: RepairedLibrary, entries: readonly number[]): Promise<number> {
  let forgotten = 0;
  for (let at = 0; at < entries.length; at += BATCH)
    forgotten += await library.write((tx) =>
      entries.slice(at, at + BATCH).reduce((sum, id) => sum + forget(tx, id), 0),
    );
  return forgotten;
}

function forget(tx: LibraryWriteTransaction, id: number): number {
  noteSuccession(tx, id);
  const { changes } = tx.run(
    'UPDATE entries SET content_id = NULL, revision = ? WHERE id = ? AND content_id IS NOT NULL',
    tx.revision,
    id,
  );
  if (changes === 0) return 0;
  tx.run('DELETE FROM full_hashes WHERE entry_id = ?', id);
  tx.run('UPDATE folders SET unidentified = 1 WHERE entry_id = (SELECT parent_id FROM entries WHERE id = ?)', id);
  return 1;
}
