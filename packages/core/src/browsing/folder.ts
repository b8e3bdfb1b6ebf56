import { entryById, sumsOf } from '../db/library/entries.ts';
import { type EntryFacts, FOLDER, SYMLINK } from '../domain/entry.ts';
import { basenameOf, parentOf, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { DiskFolder } from './disk-folder.ts';
import type { FolderSource } from './folder-source.ts';
import { IndexFolder } from './index-folder.ts';
import type { FolderIndex } from './index-rows.ts';
import { type IndexedPlace, folderAt, isOffline, placeOf } from './indexed-place.ts';
import { fromDisk, fromIndex } from './merge.ts';
import { notFound, notInIndex, notReadable } from './missing.ts';
import type { Surroundings } from './surroundings.ts';
import { indexMemoryOf } from './thread-memory.ts';

/** A folder that can be listed, from the disk or from the index. */
export interface BrowsedFolder {
  readonly source: FolderSource;
  readonly from: 'index' | 'disk' | 'both';
  readonly facts: EntryFacts;
  readonly place: IndexedPlace | undefined;
  /** What the disk says of it; absent where it is away. */
  readonly disk?: FileFacts;
}

/**
 * The folder of that path: as the disk has it where its disk is there, from the index where its location is away.
 * Throws `NOT_FOUND`, `NOT_A_FOLDER`, `NOT_READABLE`, each with a way out.
 */
export function openFolder(path: string, around: Surroundings): BrowsedFolder {
  const disk = folderFacts(path, around.files);
  const place = around.db && placeOf(around.db, around.deviceId, disk ? realPath(path, around.files) : path);
  const index = around.db && place ? indexOf(around.db, place, around.now) : undefined;
  if (place && isOffline(place, around.files)) return offlineFolder(path, index, place);
  if (!disk) throw notFound(path, around.files);
  const row = index && entryById(index.db, index.folderId);
  const indexed = row && { row, sums: sumsOf(index.db, row.id) };
  return {
    source: new DiskFolder(path, index, around),
    from: index ? 'both' : 'disk',
    facts: fromDisk(basenameOf(path), disk, indexed),
    place,
    disk,
  };
}

function indexOf(db: ReadConnection, place: IndexedPlace, now: () => number): FolderIndex | undefined {
  const folderId = folderAt(db, place);
  return folderId === undefined ? undefined : { db, folderId, memory: indexMemoryOf(db, now) };
}

function offlineFolder(path: string, index: FolderIndex | undefined, place: IndexedPlace): BrowsedFolder {
  const row = index && entryById(index.db, index.folderId);
  if (!row) throw notInIndex(path, place);
  const facts = fromIndex({ row, sums: sumsOf(index.db, row.id) });
  const name = basenameOf(place.names.at(-1) ?? place.location.path);
  return { source: new IndexFolder(index), from: 'index', facts: { ...facts, name }, place };
}

/** Facts of the folder a path means: a symbolic link to a folder is one. `undefined`: nothing there. */
function folderFacts(path: string, files: ReadFiles): FileFacts | undefined {
  let facts = factsOrRefusal(path, files);
  if (facts?.type === SYMLINK) facts = files.facts(realPath(path, files));
  if (facts && facts.type !== FOLDER) {
    const parent = showNative(parentOf(path) ?? path);
    throw new SdError('NOT_A_FOLDER', `${showNative(path)} is not a folder`, {
      way_out: `the folder it lies in is ${parent}`,
    });
  }
  return facts;
}

function factsOrRefusal(path: string, files: ReadFiles): FileFacts | undefined {
  try {
    return files.facts(path);
  } catch (error) {
    throw error instanceof SdError && error.code === 'NOT_READABLE' ? notReadable(path, error) : error;
  }
}

/** Locations are kept by their real path, whichever way leads there. */
export function realPath(path: string, files: ReadFiles): string {
  try {
    return files.realPath(path);
  } catch (error) {
    if (!(error instanceof SdError) || error.code !== 'NOT_FOUND') throw error;
    const target = showNative(files.linkTarget(path) ?? '');
    throw new SdError(
      'NOT_FOUND',
      `${showNative(path)} is a symbolic link to ${target}, which does not exist`,
      { way_out: 'sd info shows the link itself' },
      error,
    );
  }
}
