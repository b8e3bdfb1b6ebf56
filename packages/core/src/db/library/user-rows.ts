import type { ReadConnection, SqlValue } from '../../platform.ts';
import type { LoggedTable, WriteTransaction } from '../write.ts';

export type UserRow = Readonly<Record<string, SqlValue>>;

/**
 * A table of what people say, with one row shape: changes to it join the change log and the history by themselves. Every
 * column has a value in every row (`null` where there is none).
 */
export interface UserTable {
  readonly name: LoggedTable;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** All columns, the key's among them. */
  readonly columns: readonly string[];
  /** What the row is known by on every device: made of UUIDs, never of ids of this database. */
  logKey(db: ReadConnection, row: UserRow): Uint8Array | string;
  /** The row's fields as the log has them; where it is left out, all columns that are not in the key. */
  logFields?(db: ReadConnection, row: UserRow): UserRow;
}

/** One row as it was and as it became; `null`: there was, or is, none. */
export interface RowChange {
  readonly table: LoggedTable;
  readonly before: UserRow | null;
  readonly after: UserRow | null;
}

export function findUserRow(db: ReadConnection, table: UserTable, key: UserRow): UserRow | undefined {
  const where = table.key.map((column) => `${column} = ?`).join(' AND ');
  return db
    .prepare<UserRow>(`SELECT ${table.columns.join(', ')} FROM ${table.name} WHERE ${where}`)
    .get(...values(key, table.key));
}

/** Writes the whole row, new or in place of the one with its key. Does nothing where it is the same already; answers whether it was not. */
export function putUserRow(tx: WriteTransaction, table: UserTable, row: UserRow): boolean {
  const before = findUserRow(tx, table, row) ?? null;
  if (before && same(before, row, table.columns)) return false;
  const marks = table.columns.map(() => '?').join(', ');
  tx.run(
    `INSERT OR REPLACE INTO ${table.name} (${table.columns.join(', ')}) VALUES (${marks})`,
    ...values(row, table.columns),
  );
  const fields =
    table.logFields?.(tx, row) ??
    pick(
      row,
      table.columns.filter((column) => !table.key.includes(column)),
    );
  tx.logged(table.name, table.logKey(tx, row), fields);
  tx.undoable({ table: table.name, before, after: pick(row, table.columns) });
  return true;
}

/** Answers whether there was one. */
export function deleteUserRow(tx: WriteTransaction, table: UserTable, key: UserRow): boolean {
  const before = findUserRow(tx, table, key);
  if (!before) return false;
  const logKey = table.logKey(tx, before);
  const where = table.key.map((column) => `${column} = ?`).join(' AND ');
  tx.run(`DELETE FROM ${table.name} WHERE ${where}`, ...values(key, table.key));
  tx.logged(table.name, logKey, null);
  tx.undoable({ table: table.name, before, after: null });
  return true;
}

function values(row: UserRow, columns: readonly string[]): SqlValue[] {
  return columns.map((column) => row[column] ?? null);
}
function pick(row: UserRow, columns: readonly string[]): UserRow {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

function same(one: UserRow, other: UserRow, columns: readonly string[]): boolean {
  return columns.every((column) => sameValue(one[column] ?? null, other[column] ?? null));
}
export function sameValue(one: SqlValue, other: SqlValue): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array)
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  return one === other;
}
