// @ts-expect-error The package has declarations, which are not among its `exports`; below is the part that we use.
import untyped from 'better-sqlite3-multiple-ciphers';

export interface Database {
  prepare<Parameters extends unknown[]>(sql: string): DatabaseStatement<Parameters>;
  exec(sql: string): this;
  key(key: Buffer): number;
  rekey(key: Buffer): number;
  pragma(source: string): unknown;
  close(): this;
}

export interface DatabaseStatement<Parameters extends unknown[]> {
  run(...parameters: Parameters): { changes: number; lastInsertRowid: number | bigint };
  get(...parameters: Parameters): unknown;
  all(...parameters: Parameters): unknown[];
  iterate(...parameters: Parameters): IterableIterator<unknown>;
}

interface SqliteError extends Error {
  readonly code: string;
}

interface Driver {
  new (path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number }): Database;
  readonly SqliteError: abstract new () => SqliteError;
}

export const Database = untyped as Driver;
