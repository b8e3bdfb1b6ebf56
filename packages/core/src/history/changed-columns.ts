import type { UserRow, UserTable } from '../db/library/user-rows.ts';
import { sameValue } from '../db/packed-column.ts';

/** Columns that follow from the others, or say when and where: nobody changes these by themselves. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'changed_at',
  'applied_at',
  'added_at',
  'created_at',
  'device_id',
  'folded',
]);

/** The columns in which two states of a row differ, as far as they mean something to people. */
export function changedColumns(table: UserTable, one: UserRow, other: UserRow): string[] {
  return table.columns.filter(
    (column) => !BOOKKEEPING.has(column) && !sameValue(one[column] ?? null, other[column] ?? null),
  );
}

/** A column as people call it. */
export function columnForPeople(column: string): string {
  return column.replace(/_id$/, '').replaceAll('_', ' ');
}
