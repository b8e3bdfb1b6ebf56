import { nameOfStored } from '../../domain/entry.ts';
import { showNative } from '../../domain/native-path.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { ENTRY_SCOPE } from './target-key.ts';

const LONGEST = 255;

/** What a target is called: the name of the entry, or of some file with the content; empty where it is gone. */
export function targetName(db: ReadConnection, scope: number, id: number): string {
  const sql =
    scope === ENTRY_SCOPE
      ? 'SELECT name FROM entries WHERE id = ?'
      : 'SELECT name FROM entries WHERE content_id = ? ORDER BY id LIMIT 1';
  const row = db.prepare<{ name: string | Uint8Array }>(sql).get(id);
  return row ? showNative(nameOfStored(row.name)).slice(0, LONGEST) : '';
}

/** A target in a sentence: `"sea.jpg"`, or `a file that is gone`. */
export function targetForPeople(db: ReadConnection, scope: number, id: number): string {
  const name = targetName(db, scope, id);
  return name === '' ? 'a file that is gone' : `"${name}"`;
}
