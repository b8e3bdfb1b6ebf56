import { sumsOf } from '../db/library/entries.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import { type LocationWithTotals, listLocations, locationByUuid } from '../db/library/locations.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { ExportScope } from './protocol.ts';

/** What is to be exported, and about how many entries that are. */
export interface ExportExtent {
  readonly scope: ExportScope;
  readonly entries: number;
}

/**
 * `location`: UUID; `within`: entry of the folder. All of the library where neither is given. Throws `NOT_FOUND` for what
 * was removed.
 */
export function exportExtent(
  db: ReadConnection,
  asked: { readonly location?: string | undefined; readonly within?: number | undefined; readonly private: boolean },
): ExportExtent {
  const { location, within, private: all } = asked;
  if (within !== undefined) {
    const place = new EntryPlaces(db).of(within);
    if (!place) throw new SdError('NOT_FOUND', 'the folder is not in the index any more');
    const { files = 0, folders = 0 } = sumsOf(db, within) ?? {};
    return { scope: { location: place.location.id, within: place.path, private: all }, entries: files + folders + 1 };
  }
  if (location === undefined)
    return { scope: { private: all }, entries: listLocations(db).reduce((sum, row) => sum + entriesOf(row), 0) };
  const row = locationByUuid(db, location);
  if (!row) throw new SdError('NOT_FOUND', 'the location was removed from the library');
  return { scope: { location: row.id, private: all }, entries: entriesOf(row) };
}

function entriesOf({ files, folders }: LocationWithTotals): number {
  return (files ?? 0) + (folders ?? 0) + 1;
}
