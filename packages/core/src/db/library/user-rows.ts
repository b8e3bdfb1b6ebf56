import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { sameValue } from '../packed-column.ts';
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
  /** Looks up together what `logKey` will be asked for in this transaction: for very many rows. */
  prepareKeys?(tx: WriteTransaction, rows: readonly UserRow[]): void;
  /** The row's fields as the log has them; where it is left out, all columns that are not in the key. */
  logFields?(db: ReadConnection, row: UserRow): UserRow;
  /** The row for people, e.g. `tag "Holiday"`; where it is left out, the table's name. */
  describe?(db: ReadConnection, row: UserRow): string;
  /**
   * Why the row cannot be as it is now (`there`), or be missing: what it names has gone meanwhile, a cycle, something
   * needs it. Asked of each row that an undo has set back, once all of them are; one objection, and nothing is undone.
   */
  objection?(db: ReadConnection, row: UserRow, there: boolean): string | undefined;
}

/** One row as it was and as it became; `null`: there was, or is, none. */
export interface RowChange {
  readonly table: LoggedTable;
  readonly before: UserRow | null;
  readonly after: UserRow | null;
}

export function findUserRow(db: ReadConnection, table: UserTable, key: UserRow): UserRow | undefined {
  return db.prepare<UserRow>(sqlOf(table).find).get(...values(key, table.key));
}

/** Writes the whole row, new or in place of the one with its key. Does nothing where it is the same already; answers whether it was not. */
export function putUserRow(tx: WriteTransaction, table: UserTable, row: UserRow): boolean {
  // Most rows are new: then nothing was looked up in vain.
  if (tx.run(sqlOf(table).add, ...values(row, table.columns)).changes === 1) {
    noteChange(tx, table, null, row);
    return true;
  }
  const before = findUserRow(tx, table, row);
  if (before && sameRow(before, row, table.columns)) return false;
  changeUserRow(tx, table, before ?? null, row);
  return true;
}

/** Answers whether there was one. */
export function deleteUserRow(tx: WriteTransaction, table: UserTable, key: UserRow): boolean {
  const before = findUserRow(tx, table, key);
  if (before) changeUserRow(tx, table, before, null);
  return before !== undefined;
}

/** From a row that is known to be there as it is, or not to be there, to another, or to none. */
export function changeUserRow(
  tx: WriteTransaction,
  table: UserTable,
  before: UserRow | null,
  after: UserRow | null,
): void {
  if (after) {
    tx.run(sqlOf(table).put, ...values(after, table.columns));
    noteChange(tx, table, before, after);
  } else if (before) {
    const logKey = table.logKey(tx, before);
    tx.run(sqlOf(table).remove, ...values(before, table.key));
    tx.logged(table.name, logKey, null);
    tx.undoable({ table: table.name, before, after: null });
  }
}

/** Removes a row that is as it is given, looking at it once; answers false where it was another, or none: then nothing may be kept of this write. */
export function removeUserRow(tx: WriteTransaction, table: UserTable, row: UserRow): boolean {
  const before = tx.prepare<UserRow>(sqlOf(table).take).get(...values(row, table.key));
  if (!before || !sameRow(before, row, table.columns)) return false;
  tx.logged(table.name, table.logKey(tx, row), null);
  tx.undoable({ table: table.name, before, after: null });
  return true;
}

/**
 * `putUserRow` for many; answers how many were not the same already. More than a few hundred take longer than 10 ms:
 * then the caller is a `WriteTask`, see `write-task.ts`.
 */
export function putUserRows(tx: WriteTransaction, table: UserTable, rows: readonly UserRow[]): number {
  table.prepareKeys?.(tx, rows);
  let written = 0;
  for (const row of rows) if (putUserRow(tx, table, row)) written++;
  return written;
}

/** `deleteUserRow` for many; answers how many there were. */
export function deleteUserRows(tx: WriteTransaction, table: UserTable, keys: readonly UserRow[]): number {
  table.prepareKeys?.(tx, keys);
  let deleted = 0;
  for (const key of keys) if (deleteUserRow(tx, table, key)) deleted++;
  return deleted;
}

/** A row that was written, for the log and the history. */
function noteChange(tx: WriteTransaction, table: UserTable, before: UserRow | null, after: UserRow): void {
  const fields = table.logFields?.(tx, after) ?? pick(after, sqlOf(table).fields);
  tx.logged(table.name, table.logKey(tx, after), fields);
  tx.undoable({ table: table.name, before, after: pick(after, table.columns) });
}

interface TableSql {
  readonly find: string;
  readonly add: string;
  readonly put: string;
  readonly remove: string;
  readonly take: string;
  /** Columns that are not in the key. */
  readonly fields: readonly string[];
}
const SQL = new WeakMap<UserTable, TableSql>();

function sqlOf(table: UserTable): TableSql {
  const known = SQL.get(table);
  if (known) return known;
  const { name, key, columns } = table;
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  const insert = `INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  const sql = {
    find: `SELECT ${columns.join(', ')} FROM ${name} WHERE ${where}`,
    add: `INSERT ${insert} ON CONFLICT (${key.join(', ')}) DO NOTHING`,
    put: `INSERT OR REPLACE ${insert}`,
    remove: `DELETE FROM ${name} WHERE ${where}`,
    take: `DELETE FROM ${name} WHERE ${where} RETURNING ${columns.join(', ')}`,
    fields: columns.filter((column) => !key.includes(column)),
  };
  SQL.set(table, sql);
  return sql;
}

function values(row: UserRow, columns: readonly string[]): SqlValue[] {
  return columns.map((column) => row[column] ?? null);
}
function pick(row: UserRow, columns: readonly string[]): UserRow {
  const picked: Record<string, SqlValue> = {};
  for (const column of columns) picked[column] = row[column] ?? null;
  return picked;
}

export function sameRow(one: UserRow, other: UserRow, columns: readonly string[]): boolean {
  return columns.every((column) => sameValue(one[column] ?? null, other[column] ?? null));
}
