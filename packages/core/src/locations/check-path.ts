import { listLocations } from '../db/library/locations.ts';
import { FOLDER } from '../domain/entry.ts';
import { isWithin, parentOf, rootOf, showNative } from '../domain/native-path.ts';
import { parseSdPath } from '../domain/sd-path.ts';
import { SdError, asSdError } from '../errors.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { newListing } from '../folder-listing.ts';
import { pathOfLocation } from './find.ts';
import { presenceOf } from './presence.ts';

/** Whether a folder can become a location, and what its user should know. */
export interface PathCheck {
  /** Native path with symbolic links resolved; absent where there is a problem before that. */
  readonly path?: string;
  readonly problem?: SdError;
  readonly warnings: readonly string[];
}

export interface PathCheckContext {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly slug: string;
}

export function checkPath(wanted: string, context: PathCheckContext): PathCheck {
  try {
    const asked = nativePathOf(wanted, context.slug);
    const path = readableFolder(asked, context.files);
    refuseOverlap(path, context.db);
    refuseSameFolder(path, context);
    return { path, warnings: warnings(asked, path) };
  } catch (error) {
    return { problem: asSdError(error), warnings: [] };
  }
}

/** The native path an address of this device means. Throws `INVALID_INPUT`. */
export function nativePathOf(wanted: string, slug: string): string {
  const parsed = parseSdPath(wanted, slug);
  if (!parsed.ok) throw new SdError('INVALID_INPUT', parsed.problem, { way_out: parsed.wayOut });
  if (parsed.path.kind !== 'local')
    throw new SdError('INVALID_INPUT', 'a content lies in many places; name a folder', {
      way_out: 'give the path of a folder',
    });
  if (parsed.path.device !== slug)
    throw new SdError(
      'INVALID_INPUT',
      `${JSON.stringify(wanted)} is on the device "${parsed.path.device}", this one is "${slug}"`,
      { way_out: 'add it on that device' },
    );
  return parsed.path.path;
}

function readableFolder(path: string, files: ReadFiles): string {
  const shown = showNative(path);
  if (files.facts(path) === undefined) {
    throw new SdError('NOT_FOUND', `${shown} does not exist`, {
      way_out: `the nearest folder that does: ${showNative(nearestExisting(path, files))}`,
    });
  }
  const real = files.realPath(path);
  if (files.facts(real)?.type !== FOLDER)
    throw new SdError('NOT_A_FOLDER', `${shown} is not a folder`, {
      way_out: `add the folder it lies in: ${showNative(parentOf(path) ?? path)}`,
    });
  if (real.split('/').some((name) => name.endsWith('.sdlibrary')))
    throw new SdError('CONFLICT', `${shown} belongs to a library of ours`, { way_out: 'choose a folder of your own' });
  // Listing the names alone, to learn now rather than in the scan that we may not.
  files.listFolder(real, newListing(), () => true);
  return real;
}

function nearestExisting(path: string, files: ReadFiles): string {
  for (let at = parentOf(path); at !== undefined; at = parentOf(at)) if (files.facts(at)) return at;
  return rootOf(path);
}

/** One file belongs to one location, or it would be counted twice. */
export function refuseOverlap(path: string, db: ReadConnection): void {
  for (const row of listLocations(db)) {
    // What was there is on another disk, which has only been mounted at the same place.
    if (row.volume_away === 1) continue;
    const other = pathOfLocation(row);
    if (other === path)
      throw new SdError('ALREADY_EXISTS', `${showNative(path)} is the location "${row.name}" already`, {
        location: row.name,
        way_out: `sd location rescan "${row.name}"`,
      });
    if (isWithin(path, other))
      throw new SdError('CONFLICT', `${showNative(path)} lies in the location "${row.name}" and is indexed with it`, {
        location: row.name,
        way_out: `sd ls "${showNative(path)}"`,
      });
    if (isWithin(other, path)) {
      throw new SdError('CONFLICT', `${showNative(path)} contains the location "${row.name}" (${showNative(other)})`, {
        location: row.name,
        way_out: `remove that one first: sd location remove "${row.name}" (its files stay)`,
      });
    }
  }
}

/** By another path – a bind mount, a subvolume – the folder of a location is still the same one. */
function refuseSameFolder(path: string, { db, files }: PathCheckContext): void {
  const wanted = files.facts(path);
  for (const row of listLocations(db)) {
    if (row.root_inode !== wanted?.inode || presenceOf(row, files) !== 'online') continue;
    const found = files.facts(pathOfLocation(row));
    if (found?.inode === wanted?.inode && found?.device === wanted?.device)
      throw new SdError(
        'ALREADY_EXISTS',
        `${showNative(path)} is the folder ${showNative(pathOfLocation(row))}, mounted a second time, and that is the location "${row.name}"`,
        { location: row.name, way_out: `sd location rescan "${row.name}"` },
      );
  }
}

function warnings(asked: string, path: string): string[] {
  const said: string[] = [];
  if (asked !== path) said.push(`${showNative(asked)} is a symbolic link; the location is ${showNative(path)}`);
  if (path === rootOf(path))
    said.push('this is the whole disk; other disks mounted below are left out unless asked for');
  return said;
}
