export type SqlValue = string | number | bigint | Uint8Array | null;

/** Embedded SQL, synchronous: a core runs where blocking for a few milliseconds is allowed. */
export interface Sqlite {
  /**
   * Opens one connection. `key` is 32 raw bytes; without it the file is plain. Throws `WRONG_KEY` where the file is
   * encrypted with another key or is no database, `NOT_FOUND`, `DISK_FULL` and `IO` for what the disk says. `create`
   * makes the file where there is none, with pages of `pageBytes`. A writer never checkpoints by itself: whoever writes
   * much runs `PRAGMA wal_checkpoint(PASSIVE)` in a worker.
   *
   * POSIX drops every lock of a process on a file when any of its handles of it closes: while a database is open here,
   * nothing else in the process may open its file.
   */
  open(options: {
    path: string;
    key?: Uint8Array;
    mode: 'read' | 'write' | 'create';
    cacheKiB?: number;
    pageBytes?: number;
  }): Connection;
  /**
   * Writes a consistent, compact copy of a database that others may be reading and writing, encrypted with `toKey`.
   * Its bytes are on the disk when this returns. Throws `ALREADY_EXISTS` where `to` is something.
   */
  copy(options: { from: string; key?: Uint8Array; to: string; toKey?: Uint8Array }): void;
  /** Takes an operating-system lock that ends with the process, however it ends. `undefined`: another holds it. */
  lock(path: string): { release(): void } | undefined;
}

/** A handle that cannot change anything: it has no method that would, and its connection refuses. */
export interface ReadConnection {
  /** Statements are prepared once per connection and text, then reused. */
  prepare<Row = Record<string, SqlValue>>(sql: string): ReadStatement<Row>;
}

export interface ReadStatement<Row> {
  get(...parameters: SqlValue[]): Row | undefined;
  all(...parameters: SqlValue[]): Row[];
  /** Row by row; while it runs, this connection can read but not write. */
  iterate(...parameters: SqlValue[]): IterableIterator<Row>;
}

export interface Connection extends ReadConnection {
  prepare<Row = Record<string, SqlValue>>(sql: string): Statement<Row>;
  /** Runs one or more statements without parameters. */
  exec(sql: string): void;
  close(): void;
}

export interface Statement<Row> extends ReadStatement<Row> {
  run(...parameters: SqlValue[]): { changes: number; lastId: number };
}
