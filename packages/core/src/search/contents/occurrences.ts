import { type PlacedWord, foldedWords, placedWords } from '../../domain/words.ts';
import type { ContentsQuery, Term } from './contents-query.ts';

/** Where a term stands in a text: the words of it, and which term. */
export interface Occurrence {
  readonly term: number;
  readonly words: readonly PlacedWord[];
}

/** A text is gone through in pieces of so many characters; pieces overlap by what a phrase may reach over. */
const PIECE = 8192;
const OVERLAP = 512;

/** Where the terms of a query stand in a text, up to the piece in which all have been seen. */
export function occurrences(text: string, { terms }: ContentsQuery): Occurrence[] {
  const found: Occurrence[] = [];
  const seen = new Set<number>();
  for (let start = 0; start < text.length && seen.size < terms.length; start += PIECE) {
    const from = start === 0 ? 0 : start - OVERLAP;
    const piece = text.slice(from, start + PIECE);
    // To fold a piece costs little; to place its words costs ten times as much.
    const folded = foldedWords(piece);
    if (!terms.some(({ words }) => folded.includes(words[0] ?? ''))) continue;
    const isLast = start + PIECE >= text.length;
    for (const occurrence of occurrencesIn(piece, from, isLast, terms)) {
      found.push(occurrence);
      seen.add(occurrence.term);
    }
  }
  return found;
}

function* occurrencesIn(piece: string, from: number, isLast: boolean, terms: readonly Term[]): Generator<Occurrence> {
  // A word at an edge may be cut in two; the neighbour has it whole.
  const words = [...placedWords(piece)].filter(
    ({ start, end }) => (start > 0 || from === 0) && (end < piece.length || isLast),
  );
  for (const at of words.keys()) {
    for (const [term, { words: wanted, prefix }] of terms.entries()) {
      if (!standsAt(words, at, wanted, prefix)) continue;
      yield {
        term,
        words: words.slice(at, at + wanted.length).map(({ folded, start, end }) => ({
          folded,
          start: start + from,
          end: end + from,
        })),
      };
    }
  }
}

function standsAt(words: readonly PlacedWord[], at: number, wanted: readonly string[], prefix: boolean): boolean {
  return wanted.every((word, offset) => {
    const here = words[at + offset]?.folded;
    return here === word || (prefix && offset === wanted.length - 1 && here !== undefined && here.startsWith(word));
  });
}
