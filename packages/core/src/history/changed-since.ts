import type { HistoryRow } from '../db/library/history.ts';
import {
  type RowChange,
  type UserRow,
  type UserTable,
  findUserRow,
  sameRow,
  sameValue,
} from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../platform.ts';

/** So many are named; the rest is counted. */
const MOST_NAMED = 20;

/** Something that is not as the action left it. */
export interface ChangedSince {
  /** For people: `tag "Holiday"`. */
  readonly what: string;
  /** `it is gone`, `its color is another`, … */
  readonly how: string;
}

/** Throws `CHANGED_SINCE` where a row is not as the action left it. */
export function refuseChanged(db: ReadConnection, action: HistoryRow, changes: readonly RowChange[]): void {
  refuse(action, changes, (change) => difference(db, change));
}

/** The same for rows that were set back and cannot be as they are. */
export function refuseObjections(db: ReadConnection, action: HistoryRow, changes: readonly RowChange[]): void {
  refuse(action, changes, ({ table, before, after }) => {
    const row = before ?? after ?? {};
    const how = userTable(table).objection?.(db, row, before !== null);
    return how === undefined ? undefined : { what: described(db, userTable(table), row), how };
  });
}

/** What a row is called, for people. */
export function described(db: ReadConnection, table: UserTable, row: UserRow): string {
  return table.describe?.(db, row) ?? table.name.replaceAll('_', ' ');
}

function refuse(
  action: HistoryRow,
  changes: readonly RowChange[],
  look: (change: RowChange) => ChangedSince | undefined,
): void {
  const changed: ChangedSince[] = [];
  let count = 0;
  for (const change of changes) {
    const found = look(change);
    if (!found) continue;
    count++;
    if (changed.length < MOST_NAMED) changed.push(found);
  }
  if (count > 0) throw changedSince(action.summary, changed, count);
}

/** The error of an undo that does not fit any more. */
export function changedSince(summary: string, changed: readonly ChangedSince[], count = changed.length): SdError {
  const first = changed[0] ? `${changed[0].what}: ${changed[0].how}` : '';
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return new SdError('CHANGED_SINCE', `"${summary}" cannot be undone: ${first}${more}`, {
    changed,
    count,
    way_out: 'undo what was done since first, or change it by hand',
  });
}

function difference(db: ReadConnection, { table: name, before, after }: RowChange): ChangedSince | undefined {
  const table = userTable(name);
  const key = after ?? before ?? {};
  const now = findUserRow(db, table, key);
  if (!now && !after) return undefined;
  if (!now) return { what: described(db, table, key), how: 'it is gone' };
  if (!after) return { what: described(db, table, now), how: 'it is there again' };
  if (sameRow(now, after, table.columns)) return undefined;
  const columns = table.columns.filter((column) => !sameValue(now[column] ?? null, after[column] ?? null));
  return { what: described(db, table, now), how: `changed since: ${columns.join(', ').replaceAll('_', ' ')}` };
}
