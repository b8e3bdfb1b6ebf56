import type { SqlValue } from '../ports/sqlite.ts';

/**
 * The values of one column of many rows, as they lie at rest: the one value that all have; the steps from each integer to
 * the next; texts as one text, without what all begin with; else all the values.
 */
export type PackedColumn =
  | { readonly one: SqlValue }
  | { readonly steps: readonly number[] }
  | { readonly prefix: string; readonly texts: Uint8Array }
  | { readonly all: readonly SqlValue[] };

/** Differences of integers below this are exact. */
const MOST_EXACT = 2 ** 52;
/** Parts texts, as hardly any holds it. */
const NUL = '\0';

export function packColumn(values: readonly SqlValue[]): PackedColumn {
  const [first = null] = values;
  if (values.every((value) => sameValue(value, first))) return { one: first };
  if (values.every(isExact)) return { steps: stepsOf(values) };
  if (values.every((value) => typeof value === 'string')) return packTexts(values) ?? { all: values };
  return { all: values };
}

/** `count`: how many there were. */
export function unpackColumn(packed: PackedColumn, count: number): readonly SqlValue[] {
  if ('one' in packed) return Array.from({ length: count }, () => packed.one);
  if ('all' in packed) return packed.all;
  if ('texts' in packed) {
    const { prefix, texts } = packed;
    const rest = new TextDecoder('utf-8', { ignoreBOM: true }).decode(texts).split(NUL);
    return rest.map((text) => prefix + text);
  }
  let last = 0;
  return packed.steps.map((step) => (last += step));
}

function stepsOf(values: readonly number[]): number[] {
  let last = 0;
  return values.map((value) => {
    const step = value - last;
    last = value;
    return step;
  });
}

/** One long text is written and read many times as quickly as thousands. `undefined` where it could not be taken apart again. */
function packTexts(texts: readonly string[]): PackedColumn | undefined {
  const prefix = commonPrefix(texts);
  const joined = texts.map((text) => text.slice(prefix.length)).join(NUL);
  // Half a character is none, and would not come back.
  if (!prefix.isWellFormed() || !joined.isWellFormed() || texts.some((text) => text.includes(NUL))) return undefined;
  return { prefix, texts: new TextEncoder().encode(joined) };
}

function commonPrefix([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
    if (length === 0) break;
  }
  return first.slice(0, length);
}

export function sameValue(one: SqlValue, other: SqlValue): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array)
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  return one === other;
}

function isExact(value: SqlValue): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < MOST_EXACT;
}
