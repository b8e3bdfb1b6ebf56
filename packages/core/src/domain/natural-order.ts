import { fold } from './fold.ts';

/**
 * Natural order of names: `img9` before `img10`, case and accents only where nothing else differs, the same on every
 * machine (no locale). A name's *key* is a string whose order by code units is the natural order of what people look
 * at first; the name itself breaks ties, so that different names are never equal.
 */
export function naturalKey(name: string): string {
  const folded = fold(name);
  return DIGIT.test(folded) ? folded.replace(NUMBERS, encodeNumber) : folded;
}

const DIGIT = /[0-9]/;
const NUMBERS = /0*([0-9]*)/g;

/** A number sorts where its first digit would, then by length (leading zeros aside), then digit by digit. */
function encodeNumber(run: string, digits: string): string {
  return run === '' ? '' : `0${String.fromCharCode(digits.length)}${digits}`;
}

/** Orders two strings by code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A total order of names. To sort many, make the keys once and compare those. */
export function compareNatural(a: string, b: string): number {
  return compareText(naturalKey(a), naturalKey(b)) || compareText(a, b);
}
