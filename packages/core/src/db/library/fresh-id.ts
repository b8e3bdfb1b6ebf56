import type { LoggedTable, WriteTransaction } from '../write.ts';

/**
 * An id for a new row of what people say, above every id the table ever gave out: what was deleted can be brought back
 * under its own. `now`: milliseconds since the epoch, which is more than any number of rows made by hand.
 */
export function freshId(tx: WriteTransaction, table: LoggedTable, now: number): number {
  const { last } = tx.prepare<{ last: number | null }>(`SELECT max(id) AS last FROM ${table}`).get() ?? { last: null };
  return Math.max((last ?? 0) + 1, Math.floor(now));
}
