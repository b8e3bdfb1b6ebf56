import type { WriteTransaction } from '../write.ts';

/** What the whole of a file hashed to, and the size and mtime it had before and after it was read. */
export interface FullHash {
  readonly entry: number;
  readonly hash: Uint8Array;
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
}

/** Stores it beside its entry, where that is still as it was; answers whether it is. */
export function storeFullHash(tx: WriteTransaction, { entry, hash, size, mtime }: FullHash): boolean {
  const { changes } = tx.run(
    'UPDATE entries SET revision = ? WHERE id = ? AND size = ? AND mtime = ?',
    tx.revision,
    entry,
    size,
    mtime,
  );
  if (changes === 0) return false;
  tx.run(
    'INSERT OR REPLACE INTO full_hashes (entry_id, hash, size, mtime) VALUES (?, ?, ?, ?)',
    entry,
    hash,
    size,
    mtime,
  );
  return true;
}
