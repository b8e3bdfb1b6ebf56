import type { ReadConnection } from '../ports/sqlite.ts';

/** A row of `tombstones`: a row of a device's own that is gone. */
export interface TombstoneRow {
  readonly table_name: string;
  readonly row_id: number;
  readonly uuid: Uint8Array | null;
  readonly revision: number;
  /** 1: all below it is gone too. */
  readonly subtree: number;
}

/** What went after revision `since`, oldest first. */
export function tombstonesSince(db: ReadConnection, since: number, limit: number): TombstoneRow[] {
  return db
    .prepare<TombstoneRow>('SELECT * FROM tombstones WHERE revision > ? ORDER BY revision LIMIT ?')
    .all(since, limit);
}
