import { type PlacedWord, foldedWords, placedWords } from '../../domain/words.ts';
import type { ContentsQuery, Term } from './contents-query.ts';

/** Where a term stands in a text: the words of it, and which term. */
export interface Occurrence {
  readonly term: number;
  readonly words: readonly PlacedWord[];
}

/** How a text is gone through: in pieces of so many characters, which overlap by what a phrase may reach over. */
interface Pieces {
  readonly length: number;
  readonly overlap: number;
}

/** To place the words of a piece costs ten times as much as to fold it: the smaller it is, the fewer are placed. */
const SMALL: Pieces = { length: 1024, overlap: 128 };
/** Where the small ones do not show all terms: a phrase may reach further. */
const LARGE: Pieces = { length: 16_384, overlap: 2048 };

export interface Occurrences {
  readonly found: readonly Occurrence[];
  /** Every term was seen. */
  readonly complete: boolean;
}

/** Where the terms of a query stand in a text, up to the piece in which all have been seen. */
export function occurrences(text: string, { terms }: ContentsQuery): Occurrences {
  const near = inPieces(text, terms, SMALL);
  return near.complete || text.length <= SMALL.length ? near : inPieces(text, terms, LARGE);
}

function inPieces(text: string, terms: readonly Term[], { length, overlap }: Pieces): Occurrences {
  const found: Occurrence[] = [];
  const seen = new Set<number>();
  for (let start = 0; start < text.length && seen.size < terms.length; start += length) {
    const from = Math.max(0, start - overlap);
    const piece = text.slice(from, start + length);
    const folded = foldedWords(piece);
    if (!terms.some(({ words }) => folded.includes(words[0] ?? ''))) continue;
    for (const occurrence of occurrencesIn(piece, from, start + length >= text.length, terms)) {
      found.push(occurrence);
      seen.add(occurrence.term);
    }
  }
  return { found, complete: seen.size === terms.length };
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
