import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ErrorCode, SdError } from '@sd/core/errors.ts';
import { Database } from './sqlite-driver.ts';

/** Less room than this, and an input/output error is most likely that there is no room. */
const FULL_BELOW_BYTES = 64 * 1024;

/** What SQLite said of the file at `path`, as an error of the core; a fault of ours (SQL, constraint) stays what it is. */
export function sqliteError(error: unknown, path: string, encrypted: boolean): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const [code, what] = meaning(error.code, path, encrypted);
  return code === undefined ? error : new SdError(code, `${path}: ${what}`, { path, sqlite: error.code }, error);
}

function meaning(code: string, path: string, encrypted: boolean): [ErrorCode, string] | [] {
  if (code === 'SQLITE_NOTADB')
    return encrypted
      ? ['WRONG_KEY', 'the key does not fit, or it is no database']
      : ['CORRUPT', 'is no database, or an encrypted one'];
  if (code.startsWith('SQLITE_CORRUPT')) return ['CORRUPT', 'a page of the database is damaged'];
  if (code === 'SQLITE_FULL') return ['DISK_FULL', 'no room left on the disk'];
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return ['LIBRARY_IN_USE', 'another process or thread holds it'];
  if (code.startsWith('SQLITE_READONLY')) return ['NOT_WRITABLE', 'must not be written'];
  if (code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') return ['NOT_READABLE', 'must not be opened'];
  if (code.startsWith('SQLITE_CANTOPEN')) return cannotOpen(path);
  if (code.startsWith('SQLITE_IOERR'))
    return isFull(path) ? ['DISK_FULL', 'no room left on the disk'] : ['IO', `the disk gave an error (${code})`];
  return [];
}

/** SQLite says the same of a missing file, a refused one, and a full disk that has no room for the file beside it. */
function cannotOpen(path: string): [ErrorCode, string] {
  if (!existsSync(path) && !existsSync(dirname(path))) return ['NOT_FOUND', 'its folder is not there'];
  if (isFull(path)) return ['DISK_FULL', 'no room left on the disk'];
  return existsSync(path) ? ['NOT_READABLE', 'could not be opened'] : ['NOT_FOUND', 'is not there'];
}

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < FULL_BELOW_BYTES;
  } catch {
    return false;
  }
}
