import { existsSync } from 'node:fs';
import { SdError } from '@sd/core/errors.ts';
import type { Sqlite } from '@sd/core/platform.ts';
import { nodeFiles } from './files.ts';
import { applyKey, changeKey } from './sqlite-cipher.ts';
import { Database } from './sqlite-driver.ts';
import { sqliteError } from './sqlite-errors.ts';

/** `Sqlite.copy`: VACUUM INTO reads one snapshot, keeps the key, and holds no writer up; the copy alone is re-encrypted. */
export function copyDatabase({ from, key, to, toKey }: Parameters<Sqlite['copy']>[0]): void {
  if (existsSync(to)) throw new SdError('ALREADY_EXISTS', `${to} exists already`, { path: to });
  using(from, key, { readonly: true, fileMustExist: true }, (source) => {
    source.pragma('temp_store = MEMORY');
    source.prepare('VACUUM INTO ?').run(to);
  });
  if (!same(key, toKey)) {
    using(to, key, { fileMustExist: true }, (copy) => {
      if (toKey) changeKey(copy, toKey);
      else throw new Error('a copy without a key is not made');
    });
  }
  nodeFiles.sync(to);
}

function using(
  path: string,
  key: Uint8Array | undefined,
  options: { readonly?: boolean; fileMustExist: boolean },
  work: (database: Database) => void,
): void {
  let database: Database | undefined;
  try {
    database = new Database(path, options);
    if (key) applyKey(database, key);
    work(database);
  } catch (error) {
    throw sqliteError(error, path, key !== undefined);
  } finally {
    database?.close();
  }
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}
