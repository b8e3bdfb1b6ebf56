import { type EntryRow, childNamed, entryById, sumsOf } from '../db/library/entries.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import { type EntryFacts, FOLDER, SYMLINK, nameOfStored } from '../domain/entry.ts';
import { basenameOf, joinNative, parentOf, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { realPath } from './folder.ts';
import { type IndexedPlace, folderAt, isOffline, placeOf } from './indexed-place.ts';
import { fromDisk, fromIndex } from './merge.ts';
import { notFound, notInIndex } from './missing.ts';
import type { Surroundings } from './surroundings.ts';

/** One entry, from the disk or from the index. */
export interface FoundEntry {
  readonly path: string;
  readonly facts: EntryFacts;
  readonly location: string | undefined;
  readonly offline: boolean;
}

/** The entry at that path itself: a symbolic link is not followed. Throws `NOT_FOUND`, `NOT_READABLE`, `OFFLINE`. */
export function entryAt(path: string, around: Surroundings): FoundEntry {
  const { files, db } = around;
  const disk = files.facts(path);
  const place = db && placeOf(db, around.deviceId, disk ? throughRealFolder(path, files) : path);
  const row = db && place && rowAt(db, place);
  const indexed = row && { row, sums: row.type === FOLDER ? sumsOf(db, row.id) : undefined };
  const location = place?.location.id;
  if (place && isOffline(place, files)) {
    if (!indexed) throw notInIndex(path, place);
    return { path, facts: { ...fromIndex(indexed), name: basenameOf(path) }, location, offline: true };
  }
  if (!disk) throw notFound(path, files);
  const target = disk.type === SYMLINK ? files.linkTarget(path) : undefined;
  return { path, facts: fromDisk(basenameOf(path), disk, indexed, target), location, offline: false };
}

/** The native path of an entry of the index; `undefined` where it belongs to no location any more. */
export function pathOfRow(row: EntryRow, places: EntryPlaces): string | undefined {
  if (row.parent_id === null) return places.of(row.id)?.path;
  const folder = places.of(row.parent_id)?.path;
  return folder === undefined ? undefined : joinNative(folder, nameOfStored(row.name));
}

/** The entry of a row, as it is now. Throws `NOT_FOUND` where its file has gone since it was indexed. */
export function entryOfRow(row: EntryRow, around: Surroundings & { readonly db: ReadConnection }): FoundEntry {
  const path = pathOfRow(row, new EntryPlaces(around.db));
  if (path === undefined)
    throw new SdError('NOT_FOUND', `${showNative(nameOfStored(row.name))} belongs to a location that was removed`);
  const found = entryAt(path, around);
  if (found.facts.id === row.id) return found;
  throw new SdError('NOT_FOUND', `${showNative(path)} is something else than was indexed`, {
    way_out: 'rescan its location',
  });
}

function rowAt(db: ReadConnection, place: IndexedPlace): EntryRow | undefined {
  const name = place.names.at(-1);
  if (name === undefined) return entryById(db, place.location.rootEntry);
  const folder = folderAt(db, { ...place, names: place.names.slice(0, -1) });
  return folder === undefined ? undefined : childNamed(db, folder, name);
}

/** The path with all but its last name resolved, as the index has it. */
function throughRealFolder(path: string, files: ReadFiles): string {
  const folder = parentOf(path);
  return folder === undefined ? path : joinNative(realPath(folder, files), basenameOf(path));
}
