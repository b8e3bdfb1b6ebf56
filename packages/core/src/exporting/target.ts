import { FOLDER } from '../domain/entry.ts';
import { basenameOf, joinNative, parentOf, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ReadFiles } from '../ports/files.ts';
import { partOf, taken } from './part.ts';

/** A file that can be made. */
export interface ExportTarget {
  /** Native path, with symbolic links in the folder's resolved. */
  readonly path: string;
  readonly folder: string;
}

/** Throws `NOT_FOUND`, `NOT_A_FOLDER`, `NOT_WRITABLE`, `CONFLICT` for where it may not be, `ALREADY_EXISTS`. */
export function exportTarget(wanted: string, files: ReadFiles): ExportTarget {
  const parent = parentOf(wanted);
  if (parent === undefined)
    throw new SdError('INVALID_INPUT', `${showNative(wanted)} is a folder; an export is a file`, {
      way_out: `name a file in it: ${showNative(joinNative(wanted, 'index.ndjson'))}`,
    });
  const folder = existing(parent, files);
  if (folder.split('/').some((name) => name.endsWith('.sdlibrary')))
    throw new SdError('CONFLICT', `${showNative(folder)} belongs to a library of ours`, {
      way_out: 'choose a folder of your own',
    });
  if (!files.mayWriteIn(folder))
    throw new SdError('NOT_WRITABLE', `this user must not write in ${showNative(folder)}`, {
      path: showNative(folder),
      way_out: 'choose a folder that can be written',
    });
  const path = joinNative(folder, basenameOf(wanted));
  if (files.facts(path)) throw taken(path);
  return { path, folder };
}

/** Throws `ALREADY_EXISTS` where another export writes the same file, or has left its part. */
export function refusePart(path: string, files: Pick<ReadFiles, 'facts'>): void {
  const part = partOf(path);
  if (!files.facts(part)) return;
  throw new SdError('ALREADY_EXISTS', `${showNative(part)} is there: another export writes it, or has failed there`, {
    way_out: 'sd job list --all shows that export; if there is none, remove the file',
  });
}

function existing(folder: string, files: ReadFiles): string {
  const shown = showNative(folder);
  if (!files.facts(folder))
    throw new SdError('NOT_FOUND', `${shown} does not exist`, { way_out: 'make the folder first, or choose another' });
  const real = files.realPath(folder);
  if (files.facts(real)?.type !== FOLDER) throw new SdError('NOT_A_FOLDER', `${shown} is not a folder`);
  return real;
}
