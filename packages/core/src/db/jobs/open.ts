import { SdError } from '../../errors.ts';
import type { Connection, Sqlite } from '../../platform.ts';
import { JOBS_MIGRATIONS } from './migrations.ts';

/** In the library's folder; encrypted with the library's key. */
export const JOBS_FILE = 'jobs.db';

/**
 * Opens `jobs.db`, makes it where it is missing, brings it up to date. Throws `NEWER_FORMAT`, and what the disk says.
 * The caller checkpoints the WAL, at moments when nobody waits for this thread.
 */
export function openJobsDatabase(sqlite: Sqlite, path: string, key: Uint8Array): Connection {
  const connection = sqlite.open({ path, key, mode: 'create', cacheKiB: 256 });
  try {
    connection.exec('PRAGMA wal_autocheckpoint = 0');
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(connection: Connection): void {
  const version = connection.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
  if (version > JOBS_MIGRATIONS.length) {
    throw new SdError('NEWER_FORMAT', `its jobs were written by a newer version (format ${version}, this one knows ${JOBS_MIGRATIONS.length})`, { way_out: 'update first' });
  }
  for (let next = version; next < JOBS_MIGRATIONS.length; next++) {
    connection.exec(`BEGIN IMMEDIATE; ${JOBS_MIGRATIONS[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
  }
}
