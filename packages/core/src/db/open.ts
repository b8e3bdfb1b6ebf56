import { SdError } from '../errors.ts';
import type { Connection, ReadConnection, Sqlite } from '../platform.ts';
import { migrations } from './library/migrations/index.ts';
import { formatOf, latestFormat, migrate, refuseNewer } from './migrate.ts';

/** The format this version writes. */
export const LIBRARY_FORMAT = latestFormat(migrations);

/** "SDLB": tells a library's database from any other that the same key would open. */
const APPLICATION_ID = 0x53444c42;
const PAGE_BYTES = 8192;

interface Where {
  readonly path: string;
  readonly key: Uint8Array;
}

/** Makes a library's database. Throws `ALREADY_EXISTS` rather than add to one that is there. */
export function createLibraryDatabase(sqlite: Sqlite, where: Where, fill: (connection: Connection) => void): void {
  const connection = sqlite.open({ ...where, mode: 'create', pageBytes: PAGE_BYTES });
  try {
    if (formatOf(connection) !== 0) throw new SdError('ALREADY_EXISTS', `${where.path} is a database already`);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    migrate(connection, migrations);
    fill(connection);
  } finally {
    connection.close();
  }
}

/** The format of the database there. Throws `CORRUPT` where it is no library's, `NEWER_FORMAT`, and what `Sqlite.open` throws. */
export function libraryFormat(sqlite: Sqlite, where: Where): number {
  const connection = sqlite.open({ ...where, mode: 'read', cacheKiB: 100 });
  try {
    return checkedFormat(connection, where.path);
  } finally {
    connection.close();
  }
}

/** Takes it to the format of this version. May take long: call it in a worker, after a backup. */
export function migrateLibraryDatabase(sqlite: Sqlite, where: Where): { from: number; to: number } {
  const connection = sqlite.open({ ...where, mode: 'write', cacheKiB: MIGRATION_CACHE_KIB });
  try {
    checkedFormat(connection, where.path);
    const done = migrate(connection, migrations);
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return done;
  } finally {
    connection.close();
  }
}
const MIGRATION_CACHE_KIB = 32 * 1024;

export function checkedFormat(connection: ReadConnection, path: string): number {
  const { application_id: application } =
    connection.prepare<{ application_id: number }>('PRAGMA application_id').get() ?? {};
  const format = formatOf(connection);
  if (application !== APPLICATION_ID || format === 0)
    throw new SdError('CORRUPT', `${path} is not the database of a library`);
  refuseNewer(format, LIBRARY_FORMAT, path);
  return format;
}
