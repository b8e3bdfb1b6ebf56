import { knownExtensions } from '../kinds.ts';
import { nearest } from '../suggest.ts';
import { CHOICES, choiceOf } from './choices.ts';
import { type ChoiceKey, NAMED_PERIODS } from './query.ts';

/** What a value was probably meant to be that its key cannot read; `reads` tells what it can. */
export function guessValue(typed: string, reads: (text: string) => boolean, isTime: boolean): string | undefined {
  const dashes = [...typed.matchAll(/[-–—]/g)].map(
    ({ index }) => `${typed.slice(0, index)}..${typed.slice(index + 1)}`,
  );
  const guesses = [
    ...dashes,
    typed.replace(/\+$/, '').replace(/^/, '>='),
    typed.replace(',', '.'),
    ...(isTime ? [...datesOf(typed), nearest(typed.replace(/\s+/g, '-'), NAMED_PERIODS) ?? ''] : []),
  ];
  return guesses.find((guess) => guess !== typed && guess !== '' && reads(guess));
}

/** Day and year the other way round. Which of two is the day shows only where one can be no month. */
function datesOf(typed: string): string[] {
  const [, sign = '', first = '', second, year = ''] =
    /^([<>]?=?)(\d{1,2})[-/.](?:(\d{1,2})[-/.])?(\d{4})$/.exec(typed) ?? [];
  if (year === '') return [];
  if (second === undefined) return [`${sign}${year}-${first.padStart(2, '0')}`];
  const [a, b] = [first, second].map((part) => part.padStart(2, '0'));
  const dayFirst = `${sign}${year}-${b}-${a}`;
  // With dots between the day is first everywhere.
  if (typed.includes('.') || Number(first) > 12) return [dayFirst];
  return Number(second) > 12 ? [`${sign}${year}-${a}-${b}`] : [];
}

/** A whole term, where no other word of the key was meant. */
export function guessTerm(key: ChoiceKey, word: string): string | undefined {
  if (key === 'type') {
    const extension = word.toLowerCase().replace(/^\./, '');
    return knownExtensions().includes(extension) ? `ext:${extension}` : undefined;
  }
  const opposite = /^(?:un|not?[-_]?|non[-_]?)([a-z].*)$/i.exec(word)?.[1];
  const state = opposite === undefined ? undefined : choiceOf(key, opposite);
  return state === undefined ? undefined : `-is:${state}`;
}

/** The word out of a list that is nearest. */
export function guessChoice(key: ChoiceKey, word: string): string | undefined {
  return nearest(word, CHOICES[key]);
}
