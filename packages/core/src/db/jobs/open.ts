import type { Connection, Sqlite } from '../../ports/sqlite.ts';
import { migrate } from '../migrate.ts';
import { JOBS_MIGRATIONS } from './migrations.ts';

/** In the library's folder; encrypted with the library's key. */
export const JOBS_FILE = 'jobs.db';

/**
 * Opens `jobs.db`, makes it where it is missing, brings it up to date. Throws `NEWER_FORMAT`, and what the disk says.
 */
export function openJobsDatabase(sqlite: Sqlite, path: string, key: Uint8Array): Connection {
  const connection = sqlite.open({ path, key, mode: 'create', cacheKiB: 256 });
  try {
    migrate(connection, JOBS_MIGRATIONS);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
