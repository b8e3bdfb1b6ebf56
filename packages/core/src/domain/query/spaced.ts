import { type Key, isNumberKey, isTimeKey } from './keys.ts';

/** A sign of comparison that its value is yet to follow. */
const SIGN = /^(?:[<>]=?|[≥≤])$/;
/** What belongs to a value although white space stands before it, by how the value ends. */
const CONTINUED: Readonly<Record<'size' | 'duration' | 'time', readonly (readonly [ending: RegExp, more: RegExp])[]>> =
  {
    size: [[/\d$/, /\s+(?:[kmgt]i?b|bytes?)(?![^\s)])/iy]],
    duration: [[/\d$/, /\s+(?:h|hours?|min|minutes?|s|sec|seconds?)(?![^\s)])/iy]],
    // Four digits are a year.
    time: [
      [/(?<!\d)\d{1,3}$/, /\s+(?:minutes?|hours?|days?|weeks?|months?|years?)(?![^\s)])/iy],
      [/^(?:this|last)$/i, /\s+(?:week|month|year)(?![^\s)])/iy],
    ],
  };

/** Where a value goes on beyond the white space behind it, as in `>5 mb`, `> 5mb` or `last week`: up to there. */
export function continued(key: Key, value: string, text: string, at: number): number {
  if (!isNumberKey(key) && !isTimeKey(key)) return at;
  if (SIGN.test(value)) {
    const behind = /\s+(?=\S)/y;
    behind.lastIndex = at;
    return behind.test(text) ? behind.lastIndex : at;
  }
  const kind = isTimeKey(key) ? 'time' : key === 'size' || key === 'duration' ? key : undefined;
  for (const [ending, more] of kind ? CONTINUED[kind] : []) {
    more.lastIndex = at;
    if (ending.test(value) && more.test(text)) return more.lastIndex;
  }
  return at;
}
