import { joinNative, parentOf, rootOf, showNative } from '../domain/native-path.ts';
import { nearest } from '../domain/suggest.ts';
import { SdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { IndexedPlace } from './indexed-place.ts';

/** Names of a folder that are looked through for what may have been meant. */
const MOST_CANDIDATES = 5_000;

/** The error for a path with nothing there: how far it does exist, and what may have been meant. */
export function notFound(path: string, files: ReadFiles): SdError {
  let [missing, folder] = [path, parentOf(path) ?? rootOf(path)];
  while (!isThere(folder, files) && parentOf(folder) !== undefined)
    [missing, folder] = [folder, parentOf(folder) ?? folder];
  const meant = similarIn(folder, missing.slice(folder.length).replace(/^\//, ''), files);
  const suggestion =
    meant === undefined ? undefined : showNative(joinNative(folder, meant) + path.slice(missing.length));
  return new SdError('NOT_FOUND', `${showNative(path)} does not exist`, {
    nearest: showNative(folder),
    ...(suggestion === undefined ? {} : { did_you_mean: suggestion }),
    way_out:
      suggestion === undefined
        ? `the nearest folder that exists is ${showNative(folder)}`
        : `did you mean ${suggestion}?`,
  });
}

/** The error for a folder that is there and does not let us in. */
export function notReadable(path: string, cause: unknown): SdError {
  return new SdError(
    'NOT_READABLE',
    `${showNative(path)} cannot be read by this user`,
    {
      path: showNative(path),
      way_out: 'ask its owner for permission to read it, or start the daemon as a user who may',
    },
    cause,
  );
}

/** The error for a path whose disk is away and that the index does not know either. */
export function notInIndex(path: string, place: IndexedPlace): SdError {
  const root = showNative(place.location.path);
  return new SdError('OFFLINE', `${root} is not there now, and the index has no ${showNative(path)}`, {
    way_out: 'connect its disk and list it again',
  });
}

function isThere(path: string, files: ReadFiles): boolean {
  try {
    return files.facts(path) !== undefined;
  } catch {
    return false;
  }
}

function similarIn(folder: string, name: string, files: ReadFiles): string | undefined {
  const names: string[] = [];
  try {
    files.listFolder(folder, newListing(), (candidate) => {
      if (names.length < MOST_CANDIDATES) names.push(candidate);
      return true;
    });
  } catch {
    return undefined;
  }
  return nearest(name, names);
}
