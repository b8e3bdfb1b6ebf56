import type { ReadConnection } from '../ports/sqlite.ts';

/** A row of `change_log`: what one transaction changed in one table anyone may write. */
export interface ChangeLogRow {
  readonly id: number;
  /** 8 bytes that sort as the hybrid logical clock does. */
  readonly hlc: Uint8Array;
  readonly device_id: Uint8Array;
  readonly table_name: string;
  readonly revision: number;
  /** See `db/log-record.ts`. */
  readonly changes: Uint8Array;
}

/** What came into this library's log after revision `since`, oldest first. */
export function changesSince(db: ReadConnection, since: number, limit: number): ChangeLogRow[] {
  return db
    .prepare<ChangeLogRow>('SELECT * FROM change_log WHERE revision > ? ORDER BY revision, id LIMIT ?')
    .all(since, limit);
}
