import { SdError } from '../errors.ts';
import type { Connection, ReadConnection } from '../ports/sqlite.ts';

/** One step from the format before it. It runs inside a transaction and must not open or end one. */
export interface Migration {
  /** The format the database has after it: the first is 1, without gaps. */
  readonly format: number;
  readonly what: string;
  up(connection: Connection): void;
}

/** The format a database has: 0 for an empty one. */
export function formatOf(connection: ReadConnection): number {
  return connection.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
}

export function latestFormat(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.format ?? 0;
}

/** Throws `NEWER_FORMAT` where a newer version has been at it. */
export function refuseNewer(format: number, latest: number, what: string): void {
  if (format > latest) {
    throw new SdError('NEWER_FORMAT', `${what} has format ${format}; this version knows formats up to ${latest}`, {
      format,
      latest,
      way_out: 'update first; nothing in it was touched',
    });
  }
}

/**
 * Brings a database to the latest format: every missing step in one transaction, which carries the format number too.
 * At any instant the file holds the old format whole or the new one whole. Whoever calls made a backup before.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): { from: number; to: number } {
  const from = formatOf(connection);
  const to = latestFormat(migrations);
  refuseNewer(from, to, 'the database');
  if (from === to) return { from, to };
  connection.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations) if (migration.format > from) migration.up(connection);
    connection.exec(`PRAGMA user_version = ${to}`);
    connection.exec('COMMIT');
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
  return { from, to };
}
