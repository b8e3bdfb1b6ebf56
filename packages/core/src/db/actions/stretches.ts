import type { Connection, ReadConnection } from '../../ports/sqlite.ts';

/** What was done of a plan in one go, and how long that took. */
export interface Stretch {
  /** That were done, renames aside. */
  readonly steps: number;
  /** That were copied. */
  readonly bytes: number;
  /** More than 0. */
  readonly ms: number;
}

/** The last ones say how it is now: disks fill, and wear, and are plugged in elsewhere. */
const MOST_OF_ROUTE = 8;
const MOST = 1_000;

/** `route`: what was done, from which file system to which. */
export function insertStretch(db: Connection, route: string, { steps, bytes, ms }: Stretch): void {
  const { lastId } = db
    .prepare('INSERT INTO stretches (route, steps, bytes, ms) VALUES (?, ?, ?, ?)')
    .run(route, steps, bytes, ms);
  // On its own: what a crash leaves here goes the next time.
  db.prepare(
    `DELETE FROM stretches WHERE id <= ? OR id <=
     (SELECT id FROM stretches WHERE route = ? ORDER BY id DESC LIMIT 1 OFFSET ${MOST_OF_ROUTE})`,
  ).run(lastId - MOST, route);
}

export function stretchesOf(db: ReadConnection, route: string): Stretch[] {
  return db
    .prepare<{ steps: number; bytes: number; ms: number }>('SELECT steps, bytes, ms FROM stretches WHERE route = ?')
    .all(route);
}
