import { NOTATIONS } from './numbers.ts';
import type { NumberKey } from './query.ts';
import { splitRange } from './range.ts';

/** Both ends included. */
export interface NumberRange {
  readonly from?: number;
  readonly to?: number;
}

/**
 * `5mb` (from 5 up to 6 of the unit), `=5mb` (exactly), `>5mb`, `>=5mb`, `<5mb`, `<=5mb`, `1mb..5mb`, `1mb..`, `..5mb`.
 * `undefined`: it is none of these.
 */
export function readNumberRange(key: NumberKey, text: string): NumberRange | undefined {
  const { read, most } = NOTATIONS[key];
  const number = (part: string) => {
    const found = read(part);
    return found && found.value <= most ? found : undefined;
  };
  const range = splitRange(text);
  if (range.kind === 'between') {
    const [from, to] = [range.from, range.to].map((part) => (part === undefined ? undefined : number(part)));
    if ((range.from !== undefined && !from) || (range.to !== undefined && !to)) return undefined;
    if (from && to) return { from: Math.min(from.value, to.value), to: Math.max(from.value, to.value) };
    return from ? { from: from.value } : { to: to?.value ?? 0 };
  }
  const found = number(range.text);
  if (!found) return undefined;
  const { value, step } = found;
  switch (range.kind) {
    case '>':
      return { from: value + 1 };
    case '>=':
      return { from: value };
    case '<':
      return { to: value - 1 };
    case '<=':
      return { to: value };
    case '=':
      return { from: value, to: value };
    case 'is':
      return { from: value, to: value + (value === 0 ? 0 : step - 1) };
  }
}

export function writeNumberRange(key: NumberKey, { from, to }: NumberRange): string {
  const { read, write } = NOTATIONS[key];
  if (from !== undefined && to !== undefined) {
    const bare = readNumberRange(key, write(from));
    if (bare?.from === from && bare.to === to) return write(from);
    return from === to ? `=${write(from)}` : `${write(from)}..${write(to)}`;
  }
  if (from !== undefined) return from > 0 && isRounder(from - 1, from) ? `>${write(from - 1)}` : `>=${write(from)}`;
  const end = to ?? 0;
  return end < 0 || isRounder(end + 1, end) ? `<${write(end + 1)}` : `<=${write(end)}`;

  function isRounder(one: number, other: number): boolean {
    return (read(write(one))?.step ?? 0) > (read(write(other))?.step ?? 0);
  }
}
