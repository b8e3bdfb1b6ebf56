import type { Connection, Sqlite } from '../../ports/sqlite.ts';
import { migrate } from '../migrate.ts';
import { ACTIONS_MIGRATIONS } from './migrations.ts';

/** In the library's folder; encrypted with the library's key. */
export const ACTIONS_FILE = 'actions.db';

/** Where it lies, from the native path of the library's database. */
export function actionsPathOf(databasePath: string): string {
  return `${databasePath.slice(0, databasePath.lastIndexOf('/') + 1)}${ACTIONS_FILE}`;
}

/** Opens `actions.db`, makes it where it is missing, brings it up to date. Throws `NEWER_FORMAT`, and what the disk says. */
export function openActionsDatabase(sqlite: Sqlite, path: string, key: Uint8Array): Connection {
  const connection = sqlite.open({ path, key, mode: 'create', cacheKiB: 2048 });
  try {
    migrate(connection, ACTIONS_MIGRATIONS);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
