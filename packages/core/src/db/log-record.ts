import { decode, encode } from '@msgpack/msgpack';
import { type PackedColumn, packColumn, unpackColumn } from './packed-column.ts';

/** A value of a logged field. */
export type LogValue = string | number | bigint | Uint8Array | null;

/** One row's change: its key and the fields set; `null` says the row is deleted. */
export type LogChange = readonly [key: Uint8Array | string, fields: Readonly<Record<string, LogValue>> | null];

/** Changes that follow one another and set the same fields, column by column. `fields`: `null` where rows are deleted. */
type Run = readonly [
  fields: readonly string[] | null,
  count: number,
  keys: PackedColumn,
  columns: readonly PackedColumn[],
];
/** Records are lists of changes where these are few, and else in runs: names and what all rows say alike stand there once. */
type LogRecord = readonly LogChange[] | { readonly runs: readonly Run[] };

/** Fewer take less room one by one. */
const FEW = 8;

/** The changes of one transaction to one table, as MessagePack. */
export function encodeLog(changes: readonly LogChange[]): Uint8Array {
  const record: LogRecord = changes.length < FEW ? changes : { runs: runsOf(changes) };
  return encode(record, { useBigInt64: true });
}
export function decodeLog(bytes: Uint8Array): LogChange[] {
  const record = decode(bytes, { useBigInt64: false }) as LogRecord;
  return 'runs' in record ? record.runs.flatMap(changesOf) : [...record];
}

function runsOf(changes: readonly LogChange[]): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < changes.length;) {
    const shape = shapeOf(changes[from]);
    let to = from + 1;
    while (to < changes.length && sameShape(shapeOf(changes[to]), shape)) to++;
    runs.push(runOf(changes.slice(from, to), shape));
    from = to;
  }
  return runs;
}

function runOf(changes: readonly LogChange[], fields: readonly string[] | null): Run {
  const keys = packColumn(changes.map(([key]) => key));
  const columns = (fields ?? []).map((name) => packColumn(changes.map(([, set]) => set?.[name] ?? null)));
  return [fields, changes.length, keys, columns];
}

function changesOf([names, count, keys, columns]: Run): LogChange[] {
  const values = columns.map((column) => unpackColumn(column, count));
  return unpackColumn(keys, count).map((key, at): LogChange => {
    const fields = names && Object.fromEntries(names.map((name, place) => [name, values[place]?.[at] ?? null]));
    return [key as LogChange[0], fields];
  });
}

function shapeOf(change: LogChange | undefined): readonly string[] | null {
  return change?.[1] ? Object.keys(change[1]) : null;
}
function sameShape(one: readonly string[] | null, other: readonly string[] | null): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
