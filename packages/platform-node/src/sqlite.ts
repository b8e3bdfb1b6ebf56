import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SdError } from '@sd/core/errors.ts';
import type { Connection, Sqlite, SqlValue, Statement } from '@sd/core/ports/sqlite.ts';
import { applyKey } from './sqlite-cipher.ts';
import { copyDatabase } from './sqlite-copy.ts';
import { Database, type DatabaseStatement } from './sqlite-driver.ts';
import { sqliteError } from './sqlite-errors.ts';

/** Within one process our own lock orders writers; this is for another process, and for a checkpoint that ends. */
const BUSY_TIMEOUT_MS = 5_000;
const DEFAULT_CACHE_KIB = 2_000;
/** Statements kept per connection; SQL with its values written in would fill the memory otherwise. */
const MOST_STATEMENTS = 400;

type OpenOptions = Parameters<Sqlite['open']>[0];

/** The `Sqlite` port: AEGIS (authenticated pages) with a raw key, see `docs/adr`. */
export const nodeSqlite: Sqlite = {
  open: (options) => {
    const translate = (error: unknown): unknown => sqliteError(error, options.path, options.key !== undefined);
    if (!options.path.isWellFormed())
      throw new SdError('NOT_READABLE', 'a database cannot lie in a folder whose name is no valid text');
    if (!existsSync(dirname(options.path))) throw new SdError('NOT_FOUND', `${dirname(options.path)} is not there`);
    let database: Database | undefined;
    try {
      database = new Database(options.path, {
        readonly: options.mode === 'read',
        fileMustExist: options.mode !== 'create',
        timeout: BUSY_TIMEOUT_MS,
      });
      prepareConnection(database, options);
      return new NodeConnection(database, translate);
    } catch (error) {
      database?.close();
      throw translate(error);
    }
  },
  copy: copyDatabase,
  lock: (path) => {
    if (!existsSync(dirname(path))) throw new SdError('NOT_FOUND', `${dirname(path)} is not there`);
    let database: Database | undefined;
    try {
      const held = (database = new Database(path, { timeout: 0 }));
      // Nothing is ever written: no journal file comes and goes beside it.
      held.pragma('journal_mode = MEMORY');
      held.exec('BEGIN EXCLUSIVE');
      return { release: () => void held.close() };
    } catch (error) {
      database?.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
      throw sqliteError(error, path, false);
    }
  },
};

function prepareConnection(database: Database, { key, mode, cacheKiB, pageBytes }: OpenOptions): void {
  if (key) applyKey(database, key);
  if (mode === 'create' && pageBytes) database.pragma(`page_size = ${pageBytes}`);
  database.pragma(`cache_size = -${cacheKiB ?? DEFAULT_CACHE_KIB}`);
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
  // The first read of the file: a key that does not fit shows here.
  database.pragma('schema_version');
  if (mode === 'read') {
    database.pragma('query_only = ON');
    return;
  }
  database.pragma('journal_mode = WAL');
  // Opens the log that this has only announced: else a reader makes it, and a reader cannot remove it when it closes.
  database.pragma('schema_version');
  database.pragma('synchronous = NORMAL');
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('foreign_keys = ON');
}

class NodeConnection implements Connection {
  readonly #database: Database;
  readonly #translate: (error: unknown) => unknown;
  readonly #statements = new Map<string, NodeStatement<never>>();

  constructor(database: Database, translate: (error: unknown) => unknown) {
    this.#database = database;
    this.#translate = translate;
  }

  prepare<Row>(sql: string): Statement<Row> {
    const known = this.#statements.get(sql);
    if (known) return known as Statement<unknown> as Statement<Row>;
    const prepare = (): DatabaseStatement<SqlValue[]> => this.#guarded(() => this.#database.prepare<SqlValue[]>(sql));
    const statement = new NodeStatement<Row>(prepare, this.#translate);
    this.#statements.set(sql, statement as NodeStatement<unknown> as NodeStatement<never>);
    if (this.#statements.size > MOST_STATEMENTS) this.#forgetOldest();
    return statement;
  }

  exec(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #forgetOldest(): void {
    for (const sql of this.#statements.keys()) {
      this.#statements.delete(sql);
      return;
    }
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#translate(error);
    }
  }
}

class NodeStatement<Row> implements Statement<Row> {
  readonly #prepare: () => DatabaseStatement<SqlValue[]>;
  readonly #statement: DatabaseStatement<SqlValue[]>;
  readonly #translate: (error: unknown) => unknown;

  constructor(prepare: () => DatabaseStatement<SqlValue[]>, translate: (error: unknown) => unknown) {
    this.#prepare = prepare;
    this.#statement = prepare();
    this.#translate = translate;
  }

  run(...parameters: SqlValue[]): { changes: number; lastId: number } {
    try {
      const { changes, lastInsertRowid } = this.#statement.run(...parameters);
      return { changes, lastId: Number(lastInsertRowid) };
    } catch (error) {
      throw this.#translate(error);
    }
  }
  get(...parameters: SqlValue[]): Row | undefined {
    try {
      return this.#statement.get(...parameters) as Row | undefined;
    } catch (error) {
      throw this.#translate(error);
    }
  }
  all(...parameters: SqlValue[]): Row[] {
    try {
      return this.#statement.all(...parameters) as Row[];
    } catch (error) {
      throw this.#translate(error);
    }
  }
  /** On a statement of its own: one that is being stepped through refuses any other use, and this one is shared. */
  *iterate(...parameters: SqlValue[]): IterableIterator<Row> {
    try {
      yield* this.#prepare().iterate(...parameters) as IterableIterator<Row>;
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
