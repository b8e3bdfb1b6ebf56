import { fold } from './fold.ts';

/**
 * What a word is in the text of a document, for its index, for searches and for what is marked in a snippet. Like the
 * tokenizer unicode61 of SQLite it is a run of letters and digits, with marks, case and accents aside (`fold`); unlike
 * there, scripts that put no spaces between words give a word per character, so that a part of such a run is found.
 */
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{M}\p{Co}]*/gu;
// The sign that lengthens a Japanese vowel belongs to more scripts than one.
const UNSPACED =
  /(?=\p{L}|\p{N})[\u30fc\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*/gu;
const ANY_UNSPACED = new RegExp(UNSPACED.source, 'u');
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;
const NO_ASCII_WORD = /[^a-z0-9]+/g;

/** Characters of a word that count: what is longer is cut there, encoded data most of all. */
const LONGEST_WORD = 64;
const OVERLONG = new RegExp(`(\\S{${LONGEST_WORD}})\\S+`, 'gu');

/** The folded words of a text with one space between them: all that its index gets to see. */
export function foldedWords(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(NO_ASCII_WORD, ' ').trim().replace(OVERLONG, '$1');
  const words = (fold(text.toWellFormed()).match(WORD) ?? []).join(' ');
  const apart = ANY_UNSPACED.test(words) ? words.replace(UNSPACED, ' $& ').replace(/ {2,}/g, ' ').trim() : words;
  return apart.replace(OVERLONG, '$1');
}

/** A word where it stands in a text. */
export interface PlacedWord {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** The same words one by one, with their places. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const run of text.matchAll(WORD)) {
    for (const { piece, at } of piecesOf(run[0])) {
      const folded = foldedWords(piece);
      const start = run.index + at;
      if (folded !== '') yield { folded, start, end: start + piece.length };
    }
  }
}

/** A run cut at the characters that are words by themselves. */
function* piecesOf(run: string): Generator<{ piece: string; at: number }> {
  if (!ANY_UNSPACED.test(run)) return yield { piece: run, at: 0 };
  let from = 0;
  for (const found of run.matchAll(UNSPACED)) {
    if (found.index > from) yield { piece: run.slice(from, found.index), at: from };
    yield { piece: found[0], at: found.index };
    from = found.index + found[0].length;
  }
  if (from < run.length) yield { piece: run.slice(from), at: from };
}
