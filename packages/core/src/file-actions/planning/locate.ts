import { entriesOfContent } from '../../db/library/entries.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import { EntryPlaces } from '../../db/library/entry-places.ts';
import { nameOfStored } from '../../domain/entry.ts';
import { basenameOf, joinNative, parentOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { presenceOf } from '../../locations/presence.ts';
import type { FileFacts } from '../../ports/files.ts';
import { newListing } from '../../folder-listing.ts';
import type { IndexedChild } from './indexed-tree.ts';
import { nameKey } from './names.ts';
import type { PlanningParts } from './parts.ts';

/** A file or folder that an action is about, where it really lies. */
export interface Located {
  /** Native path, without links on the way to it; its own name may be one. */
  readonly path: string;
  readonly name: string;
  /** The folder it lies in. */
  readonly folder: string;
  readonly folderFacts: FileFacts;
  readonly facts: FileFacts;
  /** What the index knows of it. */
  readonly known: IndexedChild | undefined;
}

type Parts = Pick<PlanningParts, 'files' | 'db' | 'world' | 'help' | 'disk' | 'index'>;

/** Finds what an address means. Throws `NOT_FOUND`, `OFFLINE`, `INVALID_INPUT`, `NOT_READABLE`. */
export function locate(text: string, parts: Parts): Located {
  const address = parts.help.addressOf(text, parts.world.device);
  if (address.kind === 'content')
    throw new SdError('INVALID_INPUT', 'a content may lie in many places, and this changes one of them', {
      way_out: 'name the file by its path; sd info lists where it lies',
    });
  return located(address.path, parts);
}

/** The same, where any copy of a content will do. */
export function locateCopy(text: string, parts: Parts): Located {
  const address = parts.help.addressOf(text, parts.world.device);
  return address.kind === 'content' ? copyOf(address.id, parts) : located(address.path, parts);
}

/** The native path of an address, which need not be there. Throws `INVALID_INPUT`. */
export function pathOf(text: string, parts: Pick<Parts, 'help' | 'world'>): string {
  const address = parts.help.addressOf(text, parts.world.device);
  if (address.kind === 'local') return address.path;
  throw new SdError('INVALID_INPUT', 'a content is no place to put anything', { way_out: 'give the path of a folder' });
}

function located(path: string, parts: Parts): Located {
  const { disk } = parts;
  const above = parentOf(path);
  if (above === undefined) throw isRoot(path);
  const folder = disk.realFolder(above);
  const facts = folder && disk.facts(joinNative(folder.path, basenameOf(path)));
  if (!folder || !facts) throw missing(path, parts);
  const name = spelling(basenameOf(path), folder.path, facts, parts);
  const known = parts.index.child(parts.index.folder(folder.path), name);
  return { path: joinNative(folder.path, name), name, folder: folder.path, folderFacts: folder.facts, facts, known };
}

export function isRoot(path: string): SdError {
  return new SdError('CONFLICT', `${showNative(path)} is the root of a disk`, {
    way_out: 'name what lies in it',
  });
}

function missing(path: string, { index, files, disk }: Parts): SdError {
  const location = index.locationOf(path);
  const shown = showNative(path);
  if (location && presenceOf(location, files) === 'offline')
    return new SdError('OFFLINE', `${shown} lies in the location "${location.name}", which is not there now`, {
      location: location.name,
      way_out: 'connect its disk and try again',
    });
  return new SdError('NOT_FOUND', `${shown} does not exist`, {
    way_out: `the nearest folder that does: ${showNative(disk.nearest(path))}`,
  });
}

/** Where case does not count, the name as it is written on the disk: the index has it so. */
function spelling(name: string, folder: string, facts: FileFacts, { disk, files }: Parts): string {
  const limits = disk.limits({ path: folder, device: facts.device });
  if (limits.caseSensitive !== false) return name;
  const listing = newListing();
  files.listFolder(folder, listing);
  if (listing.names.includes(name)) return name;
  const key = nameKey(name, limits);
  return listing.names.find((one) => nameKey(one, limits) === key) ?? name;
}

function copyOf(content: string, parts: Parts): Located {
  const row = contentByUuid(parts.db, content);
  const entries = row ? entriesOfContent(parts.db, row.id) : [];
  const places = new EntryPlaces(parts.db);
  for (const entry of entries) {
    const place = entry.parent_id === null ? undefined : places.of(entry.parent_id);
    if (!place || presenceOf(place.location, parts.files) !== 'online') continue;
    const path = joinNative(place.path, nameOfStored(entry.name));
    const facts = parts.files.facts(path);
    if (facts?.size === entry.size && facts.mtime === entry.mtime) return located(path, parts);
  }
  if (entries.length === 0)
    throw new SdError('NOT_FOUND', `no file of the library has the content ${content}`, {
      way_out: 'name the file by its path',
    });
  throw new SdError('OFFLINE', `none of the files with the content ${content} is there now, as it was indexed`, {
    way_out: 'connect the disk of one of them; sd info lists where they lie',
  });
}
