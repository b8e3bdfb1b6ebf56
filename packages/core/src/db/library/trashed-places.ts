import { nameOfStored } from '../../domain/entry.ts';
import { uuidFromText, uuidToText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Trashed } from '../../ports/user-files.ts';
import { storedName } from './root-entry.ts';

/** Where a thing in the trash lies; `undefined` where nothing is known of it. */
export function trashedByUuid(db: ReadConnection, uuid: string): Trashed | undefined {
  const row = db
    .prepare<{ place: string | Uint8Array; note: string | Uint8Array | null }>(
      'SELECT place, note FROM trashed WHERE uuid = ?',
    )
    .get(uuidFromText(uuid) ?? null);
  if (!row) return undefined;
  return { place: nameOfStored(row.place), ...(row.note === null ? {} : { note: nameOfStored(row.note) }) };
}

/** The id of what lies in the trash at a native path. */
export function trashedAt(db: ReadConnection, place: string): string | undefined {
  const row = db.prepare<{ uuid: Uint8Array }>('SELECT uuid FROM trashed WHERE place = ?').get(storedName(place));
  return row && uuidToText(row.uuid);
}
