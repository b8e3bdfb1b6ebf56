import type { RowChange, UserRow } from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import type { PlanStep } from '../domain/plan.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { changedColumns, columnForPeople } from './changed-columns.ts';
import { described } from './changed-since.ts';

const LONGEST_VALUE = 80;

/** What undoing a change of a row would do, for people. */
export function undoStep(db: ReadConnection, { table: name, before, after }: RowChange): PlanStep {
  const table = userTable(name);
  if (!before) return { what: 'remove', target: described(db, table, after ?? {}) };
  if (!after) return { what: 'bring back', target: described(db, table, before) };
  const changed = changedColumns(table, before, after);
  const detail = changed.map(
    (column) => `${columnForPeople(column)}: ${shown(after, column)} → ${shown(before, column)}`,
  );
  return { what: 'set back', target: described(db, table, after), detail: detail.join(', ') };
}

function shown(row: UserRow, column: string): string {
  const value = row[column] ?? null;
  if (value === null) return 'none';
  const text = value instanceof Uint8Array ? `${value.length} bytes` : String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
