import { decode, encode } from '@msgpack/msgpack';
import type { LoggedTable } from '../write.ts';
import { type PackedColumn, packColumn, sameValue, unpackColumn } from '../packed-column.ts';
import type { RowChange, UserRow } from './user-rows.ts';

/**
 * Row changes at rest, as MessagePack: the rows of a table lie column by column, since most of what an action says of
 * 10,000 rows is the same in all of them.
 */
interface Group {
  readonly table: LoggedTable;
  readonly columns: readonly string[];
  readonly before: Side;
  readonly after: Side;
}
interface Side {
  /** A byte for each change: whether there was, or is, a row. */
  readonly present: Uint8Array;
  /** Of those that there are. */
  readonly values: readonly PackedColumn[];
}
export function encodeChanges(changes: readonly RowChange[]): Uint8Array {
  const tables = new Map<LoggedTable, RowChange[]>();
  for (const change of changes) {
    const known = tables.get(change.table);
    if (known) known.push(change);
    else tables.set(change.table, [change]);
  }
  const groups = [...tables].map(([table, rows]): Group => {
    const columns = Object.keys(rows[0]?.after ?? rows[0]?.before ?? {});
    const side = (of: 'before' | 'after'): Side =>
      packSide(
        rows.map((row) => row[of]),
        columns,
      );
    return { table, columns, before: side('before'), after: side('after') };
  });
  return encode(groups, { useBigInt64: true });
}

/** By table, else in the order in which they were given. */
export function decodeChanges(bytes: Uint8Array): RowChange[] {
  return (decode(bytes) as Group[]).flatMap(({ table, columns, before, after }) => {
    const is = unpackSide(after, columns);
    return unpackSide(before, columns).map((row, at): RowChange => ({ table, before: row, after: is[at] ?? null }));
  });
}

function packSide(rows: readonly (UserRow | null)[], columns: readonly string[]): Side {
  const there = rows.filter((row) => row !== null);
  return {
    present: Uint8Array.from(rows, (row) => (row ? 1 : 0)),
    values: there.length > 0 ? columns.map((column) => packColumn(there.map((row) => row[column] ?? null))) : [],
  };
}

function unpackSide({ present, values }: Side, columns: readonly string[]): (UserRow | null)[] {
  const count = present.reduce((sum, is) => sum + is, 0);
  const unpacked = values.map((packed) => unpackColumn(packed, count));
  let at = 0;
  return Array.from(present, (is): UserRow | null => {
    if (!is) return null;
    const row = Object.fromEntries(columns.map((column, place) => [column, unpacked[place]?.[at] ?? null]));
    at++;
    return row;
  });
}

/** One change for each row, from what it was first to what it became last; those that came to nothing are left out. */
export function netChanges(changes: readonly RowChange[], keyOf: (change: RowChange) => string): RowChange[] {
  const net = new Map<string, RowChange>();
  for (const change of changes) {
    const key = keyOf(change);
    const known = net.get(key);
    net.set(key, known ? { ...change, before: known.before } : change);
  }
  return [...net.values()].filter(({ before, after }) => !sameSide(before, after));
}

function sameSide(one: UserRow | null, other: UserRow | null): boolean {
  if (!one || !other) return one === other;
  return Object.keys(one).every((column) => sameValue(one[column] ?? null, other[column] ?? null));
}
