import { decode, encode } from '@msgpack/msgpack';
import type { SqlValue } from '../../platform.ts';
import type { LoggedTable } from '../write.ts';
import { type RowChange, type UserRow, sameValue } from './user-rows.ts';

/**
 * Row changes at rest, as MessagePack: the rows of a table lie column by column, since most of what an action says of
 * 10,000 rows is the same in all of them. Of a column it is the one value that all have, or the steps from each integer
 * to the next, or all the values.
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
  readonly values: readonly Packed[];
}
type Packed =
  | { readonly one: SqlValue }
  | { readonly steps: readonly number[] }
  | { readonly all: readonly SqlValue[] };

/** Differences of integers below this are exact. */
const MOST_EXACT = 2 ** 52;

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
    values: there.length > 0 ? columns.map((column) => pack(there.map((row) => row[column] ?? null))) : [],
  };
}

function unpackSide({ present, values }: Side, columns: readonly string[]): (UserRow | null)[] {
  const count = present.reduce((sum, is) => sum + is, 0);
  const unpacked = values.map((packed) => unpack(packed, count));
  let at = 0;
  return Array.from(present, (is): UserRow | null => {
    if (!is) return null;
    const row = Object.fromEntries(columns.map((column, place) => [column, unpacked[place]?.[at] ?? null]));
    at++;
    return row;
  });
}

function pack(values: readonly SqlValue[]): Packed {
  const [first = null] = values;
  if (values.every((value) => sameValue(value, first))) return { one: first };
  if (!values.every(isExact)) return { all: values };
  let last = 0;
  return {
    steps: values.map((value) => {
      const step = value - last;
      last = value;
      return step;
    }),
  };
}

function unpack(packed: Packed, count: number): readonly SqlValue[] {
  if ('one' in packed) return Array.from({ length: count }, () => packed.one);
  if ('all' in packed) return packed.all;
  let last = 0;
  return packed.steps.map((step) => (last += step));
}

function isExact(value: SqlValue): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < MOST_EXACT;
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
