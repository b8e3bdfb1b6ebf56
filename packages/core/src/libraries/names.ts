import { SdError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import { LIBRARY_SUFFIX } from './library-files.ts';

const LONGEST_FILE_NAME_BYTES = 200;

/** The name as it is kept. Throws `INVALID_INPUT`. */
export function checkedName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  if (trimmed === '' || trimmed.length > 100)
    throw new SdError('INVALID_INPUT', 'the name of a library has 1 to 100 characters');
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(trimmed))
    throw new SdError('INVALID_INPUT', 'the name of a library has no control characters');
  return trimmed;
}

/** The name as part of a file name that every file system takes. */
export function fileName(name: string): string {
  let safe = name.replace(/[\\/:*?"<>|]/g, '-').replace(/^[. ]+|[. ]+$/g, '');
  while (new TextEncoder().encode(safe).length > LONGEST_FILE_NAME_BYTES) safe = [...safe].slice(0, -1).join('');
  return safe === '' ? 'Library' : safe;
}

/** A folder for a library of that name which is not there yet: `Photos.sdlibrary`, else `Photos 2.sdlibrary`, … */
export function freeFolder(files: Pick<Files, 'facts'>, parent: string, name: string): string {
  for (let copy = 1; ; copy++) {
    const folder = `${parent}/${fileName(name)}${copy === 1 ? '' : ` ${copy}`}${LIBRARY_SUFFIX}`;
    if (!files.facts(folder)) return folder;
  }
}

/** `20260131T235959Z`, for names that sort by time. */
export function timeStamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
}
