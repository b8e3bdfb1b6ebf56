import { SdError } from '../errors.ts';
import type { Connection, ReadConnection, Sqlite } from '../ports/sqlite.ts';
import { migrations } from './library/migrations/index.ts';
import { type Migration, formatOf, latestFormat, migrate, refuseNewer } from './migrate.ts';

/** "SDLB": tells a library's database from any other that the same key would open. */
const APPLICATION_ID = 0x53444c42;
const PAGE_BYTES = 8192;
const MIGRATION_CACHE_KIB = 32 * 1024;
const LOOKING_CACHE_KIB = 100;

interface Where {
  readonly path: string;
  readonly key: Uint8Array;
}

/** How the databases of libraries are made, told apart and brought up to date. */
export class LibraryFormat {
  readonly #migrations: readonly Migration[];

  constructor(steps: readonly Migration[]) {
    this.#migrations = steps;
  }

  /** The format that is written. */
  get latest(): number {
    return latestFormat(this.#migrations);
  }

  /** Makes a library's database. Throws `ALREADY_EXISTS` rather than add to one that is there. */
  create(sqlite: Sqlite, where: Where, fill: (connection: Connection) => void): void {
    const connection = sqlite.open({ ...where, mode: 'create', pageBytes: PAGE_BYTES });
    try {
      if (formatOf(connection) !== 0) throw new SdError('ALREADY_EXISTS', `${where.path} is a database already`);
      connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      migrate(connection, this.#migrations);
      fill(connection);
    } finally {
      connection.close();
    }
  }

  /** The format of the database there. Throws `CORRUPT` where it is no library's, `NEWER_FORMAT`, and what `Sqlite.open` throws. */
  of(sqlite: Sqlite, where: Where): number {
    const connection = sqlite.open({ ...where, mode: 'read', cacheKiB: LOOKING_CACHE_KIB });
    try {
      return this.check(connection, where.path);
    } finally {
      connection.close();
    }
  }

  /** Takes it to the latest format. May take long: call it in a worker, after a backup. */
  migrate(sqlite: Sqlite, where: Where): { from: number; to: number } {
    const connection = sqlite.open({ ...where, mode: 'write', cacheKiB: MIGRATION_CACHE_KIB });
    try {
      this.check(connection, where.path);
      const done = migrate(connection, this.#migrations);
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return done;
    } finally {
      connection.close();
    }
  }

  /** The format of an open database. Throws `CORRUPT` and `NEWER_FORMAT`. */
  check(connection: ReadConnection, path: string): number {
    const found = connection.prepare<{ application_id: number }>('PRAGMA application_id').get();
    const format = formatOf(connection);
    if (found?.application_id !== APPLICATION_ID || format === 0) {
      throw new SdError('CORRUPT', `${path} is not the database of a library`);
    }
    refuseNewer(format, this.latest, path);
    return format;
  }
}

/** The formats this version knows. */
export const libraryFormat = new LibraryFormat(migrations);
