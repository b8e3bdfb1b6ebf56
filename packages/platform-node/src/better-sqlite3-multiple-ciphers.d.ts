/** The part of the package's surface that we use: its own declarations are not among its `exports`. */
declare module 'better-sqlite3-multiple-ciphers' {
  declare class Database {
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    prepare<Parameters extends unknown[]>(sql: string): Database.Statement<Parameters>;
    exec(sql: string): this;
    key(key: Buffer): number;
    rekey(key: Buffer): number;
    pragma(source: string, options?: { simple?: boolean }): unknown;
    close(): this;
  }
  declare namespace Database {
    interface Statement<Parameters extends unknown[]> {
      run(...parameters: Parameters): { changes: number; lastInsertRowid: number | bigint };
      get(...parameters: Parameters): unknown;
      all(...parameters: Parameters): unknown[];
      iterate(...parameters: Parameters): IterableIterator<unknown>;
    }
    class SqliteError extends Error {
      readonly code: string;
    }
  }
  export = Database;
}
