import { fold } from '../../domain/fold.ts';

/** What was typed, as names are compared with it. */
export interface SearchText {
  /** Folded; each must be somewhere in the name. */
  readonly words: readonly string[];
  /** The words as they were typed, with one space between them: what decides how good a hit is. */
  readonly phrase: string;
}

/** Any characters are a text; only white space and slashes, which no name has, part words. */
export function parseText(text: string): SearchText {
  return textOf([{ text, exact: false }]);
}

/** Several texts that must all be in the name; an exact one as a whole, its white space as one space each. */
export function textOf(parts: readonly { readonly text: string; readonly exact: boolean }[]): SearchText {
  const phrases = parts.map(({ text, exact }) => ({ phrase: tidied(text), exact }));
  const all = phrases.flatMap(({ phrase, exact }) => (exact ? [phrase] : phrase.split(' ')));
  const words = [...new Set(all)].filter((word) => word !== '');
  return {
    phrase: phrases
      .map(({ phrase }) => phrase)
      .filter((phrase) => phrase !== '')
      .join(' '),
    // A word within another asks for nothing new.
    words: words.filter((word) => !words.some((other) => other !== word && other.includes(word))),
  };
}

function tidied(text: string): string {
  return fold(text)
    .replace(/[\s/]+/g, ' ')
    .trim();
}

// What parts words within names.
const SEPARATORS = ` -_.()[]+,&@#'=~!`;
const IS_SEPARATOR = new Set(SEPARATORS);

/** How well a name answers, best first. */
export const EXACT = 0;
export const PREFIX = 1;
export const WORD_START = 2;
export const ANYWHERE = 3;
export type Tier = 0 | 1 | 2 | 3;

/** The tier of a folded name that has all words. */
export function tierOf(name: string, { phrase, words }: SearchText): Tier {
  if (phrase === '') return ANYWHERE;
  if (name.startsWith(phrase)) return name.length === phrase.length ? EXACT : PREFIX;
  if (words.length > 1) return name.includes(phrase) ? WORD_START : ANYWHERE;
  if (!startsWords(phrase)) return ANYWHERE;
  for (let at = name.indexOf(phrase, 1); at >= 0; at = name.indexOf(phrase, at + 1)) {
    if (IS_SEPARATOR.has(name.charAt(at - 1))) return WORD_START;
  }
  return ANYWHERE;
}

/** Whether the text can be the beginning of a word. */
export function startsWords(phrase: string): boolean {
  return !IS_SEPARATOR.has(phrase.charAt(0));
}

/** The characters after which a word begins. */
export function separators(): readonly string[] {
  return [...SEPARATORS];
}
