import { existsSync } from 'node:fs';
import { SdError } from '@sd/core/errors.ts';
import type { Sqlite } from '@sd/core/ports/sqlite.ts';
import { nodeFiles } from './files.ts';
import { applyKey, changeKey } from './sqlite-cipher.ts';
import { Database } from './sqlite-driver.ts';
import { sqliteError } from './sqlite-errors.ts';

/**
 * `Sqlite.copy`: VACUUM INTO reads one snapshot, keeps the key, and holds no writer up; the copy alone is re-encrypted.
 * The source is opened for writing too, where that is allowed, so that its log is tidied away if nobody else has it.
 */
export function copyDatabase({ from, key, to, toKey }: Parameters<Sqlite['copy']>[0]): void {
  if (existsSync(to)) throw new SdError('ALREADY_EXISTS', `${to} exists already`, { path: to });
  using(from, key, (source) => {
    source.pragma('temp_store = MEMORY');
    try {
      source.prepare('VACUUM INTO ?').run(to);
    } catch (error) {
      throw isFull(error) ? sqliteError(error, to, false) : error;
    }
  });
  if (!same(key, toKey)) {
    if (!toKey) throw new Error('an encrypted database is not copied in the clear');
    using(to, key, (copy) => changeKey(copy, toKey));
  }
  nodeFiles.sync(to);
}

function using(path: string, key: Uint8Array | undefined, work: (database: Database) => void): void {
  let database: Database | undefined;
  try {
    database = new Database(path, { fileMustExist: true });
    if (key) applyKey(database, key);
    work(database);
  } catch (error) {
    throw sqliteError(error, path, key !== undefined);
  } finally {
    database?.close();
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_FULL';
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}
