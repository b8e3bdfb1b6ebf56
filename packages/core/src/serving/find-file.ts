import { contentByUuid } from '../db/library/contents.ts';
import { type CopyRow, copiesOf, fileById } from '../db/library/copies.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import type { LocationWithTotals } from '../db/library/locations.ts';
import { FILE, nameOfStored } from '../domain/entry.ts';
import { joinNative, namesBelow } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** A file of the index, and where it should lie. */
export interface PlacedFile {
  readonly row: CopyRow;
  readonly location: LocationWithTotals;
  /** Native path. */
  readonly path: string;
  /** Names from the location's folder on. */
  readonly names: readonly string[];
}

/** So many copies of a content are tried before it counts as away. */
const MOST_COPIES = 100;

/** The files meant by the id of an entry (one) or the UUID of a content (its copies). Throws `NOT_FOUND` where none is. */
export function* placedFiles(db: ReadConnection, id: string): Generator<PlacedFile> {
  const places = new EntryPlaces(db);
  let found = 0;
  for (const row of rowsOf(db, id)) {
    const place = row.parent_id === null || row.type !== FILE ? undefined : places.of(row.parent_id);
    if (!place) continue;
    const path = joinNative(place.path, nameOfStored(row.name));
    const names = namesBelow(nameOfStored(place.location.path), path);
    if (!names) continue;
    yield { row, location: place.location, path, names };
    if (++found === MOST_COPIES) return;
  }
  if (found === 0) throw new SdError('NOT_FOUND', 'no file of the library has that id');
}

function rowsOf(db: ReadConnection, id: string): Iterable<CopyRow> {
  if (/^\d{1,15}$/.test(id)) {
    const row = fileById(db, Number(id));
    return row ? [row] : [];
  }
  const content = contentByUuid(db, id);
  return content ? copiesOf(db, content.id) : [];
}
