import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

/** What a library says of itself, in the table `library`: anyone may write it, so it syncs as a log. */
export interface LibraryFacts {
  /** UUID text. */
  id: string;
  name: string;
  /** Milliseconds since the epoch. */
  created_at: number;
}

export function libraryFacts(db: ReadConnection): Partial<LibraryFacts> {
  const rows = db.prepare<{ key: string; value: string | number }>('SELECT key, value FROM library').all();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

export function setLibraryFacts(tx: WriteTransaction, facts: Partial<LibraryFacts>): void {
  for (const [key, value] of Object.entries(facts)) {
    tx.run(
      'INSERT INTO library (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
    tx.logged('library', key, { value });
  }
}
