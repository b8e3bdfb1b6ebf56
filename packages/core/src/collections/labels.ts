import { ENTRY_SCOPE } from '../db/library/target-key.ts';
import { nameOfStored } from '../domain/entry.ts';
import { showNative } from '../domain/native-path.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { ItemKey } from './item-keys.ts';

const LONGEST = 255;

/** What a target is called, for the day it is gone: the name of the entry, or of some file with the content. */
export function labelFor(db: ReadConnection, { scope, id }: ItemKey): string {
  const sql =
    scope === ENTRY_SCOPE
      ? 'SELECT name FROM entries WHERE id = ?'
      : 'SELECT name FROM entries WHERE content_id = ? ORDER BY id LIMIT 1';
  const row = db.prepare<{ name: string | Uint8Array }>(sql).get(id);
  return row ? showNative(nameOfStored(row.name)).slice(0, LONGEST) : '';
}
