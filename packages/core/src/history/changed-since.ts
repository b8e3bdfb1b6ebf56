import type { HistoryRow } from '../db/library/history.ts';
import { type RowChange, type UserRow, type UserTable, findUserRow, sameRow } from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { changedColumns, columnForPeople } from './changed-columns.ts';

/** So many are named; the rest is counted. */
const MOST_NAMED = 20;

/** Something that is not as the action left it. */
export interface ChangedSince {
  /** For people: `tag "Holiday"`. */
  readonly what: string;
  /** `it is gone`, `its color changed again since`, … */
  readonly how: string;
}

/** `count` of all, the first of which are named. */
export interface Changed {
  readonly count: number;
  readonly named: readonly ChangedSince[];
}

/** The rows that are not as the action left them. */
export function changedRows(db: ReadConnection, changes: readonly RowChange[]): Changed {
  return collect(changes, (change) => difference(db, change));
}

/** Rows that were set back and cannot be as they are. */
export function objections(db: ReadConnection, changes: readonly RowChange[]): Changed {
  return collect(changes, ({ table, before, after }) => {
    const row = before ?? after ?? {};
    const how = userTable(table).objection?.(db, row, before !== null);
    return how === undefined ? undefined : { what: described(db, userTable(table), row), how };
  });
}

/** Throws `CHANGED_SINCE` where something is in the way of an undo. */
export function refuseChanged({ summary }: Pick<HistoryRow, 'summary'>, { count, named }: Changed): void {
  const [first] = named;
  if (!first) return;
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  throw new SdError('CHANGED_SINCE', `"${summary}" cannot be undone: ${first.what}: ${first.how}${more}`, {
    changed: named,
    count,
    way_out: 'undo what was done since first, or change it by hand',
  });
}

/** What a row is called, for people. */
export function described(db: ReadConnection, table: UserTable, row: UserRow): string {
  return table.describe?.(db, row) ?? table.name.replaceAll('_', ' ');
}

function collect(changes: readonly RowChange[], look: (change: RowChange) => ChangedSince | undefined): Changed {
  const named: ChangedSince[] = [];
  let count = 0;
  for (const change of changes) {
    const found = look(change);
    if (!found) continue;
    count++;
    if (named.length < MOST_NAMED) named.push(found);
  }
  return { count, named };
}

function difference(db: ReadConnection, { table: name, before, after }: RowChange): ChangedSince | undefined {
  const table = userTable(name);
  const key = after ?? before ?? {};
  const now = findUserRow(db, table, key);
  if (!now && !after) return undefined;
  if (!now) return { what: described(db, table, key), how: 'it is gone' };
  if (!after) return { what: described(db, table, now), how: 'it is there again' };
  if (sameRow(now, after, table.columns)) return undefined;
  const columns = changedColumns(table, now, after).map(columnForPeople);
  const how = columns.length === 0 ? 'it was said again' : `its ${columns.join(', its ')} changed again since`;
  return { what: described(db, table, now), how };
}
