import type { NamesMeta } from '../../db/names/meta.ts';
import { writeMeta } from '../../db/names/meta.ts';
import { nameOfStored } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import { indexedText } from '../indexed-text.ts';
import { addGrams, type GramCounts, saveGrams } from './gram-counts.ts';

/** Rows in memory at a time. */
export const CHUNK_ROWS = 4096;

export interface NameRow {
  readonly id: number;
  readonly name: string | Uint8Array;
}

/** Puts names into the index; `counts`, where given, learns their trigrams. */
export function insertNames(names: Connection, rows: readonly NameRow[], counts: GramCounts | undefined): void {
  const insert = names.prepare('INSERT INTO trigrams (rowid, text) VALUES (?, ?)');
  for (const row of rows) {
    const text = indexedText(fold(nameOfStored(row.name)));
    insert.run(row.id, text);
    if (counts) addGrams(counts, text);
  }
}

/** Everything of one commit: up to `rows` entries after the mark and below `bound`. Answers the new meta. */
export function fillOnce(
  names: Connection,
  library: ReadConnection,
  meta: NamesMeta,
  limits: { bound: number; rows: number; countGrams: boolean },
): NamesMeta & { readonly exhausted: boolean } {
  const select = library.prepare<NameRow>('SELECT id, name FROM entries WHERE id > ? AND id < ? ORDER BY id LIMIT ?');
  const counts: GramCounts | undefined = limits.countGrams ? new Map() : undefined;
  let { mark, docs } = meta;
  let exhausted = false;
  names.exec('BEGIN IMMEDIATE');
  try {
    for (let left = limits.rows; left > 0 && !exhausted; left -= CHUNK_ROWS) {
      const rows = select.all(mark, limits.bound, Math.min(left, CHUNK_ROWS));
      insertNames(names, rows, counts);
      mark = rows.at(-1)?.id ?? mark;
      docs += rows.length;
      exhausted = rows.length < Math.min(left, CHUNK_ROWS);
    }
    if (counts) saveGrams(names, counts);
    writeMeta(names, { ...meta, mark, docs });
    names.exec('COMMIT');
  } catch (error) {
    names.exec('ROLLBACK');
    throw error;
  }
  return { ...meta, mark, docs, exhausted };
}
