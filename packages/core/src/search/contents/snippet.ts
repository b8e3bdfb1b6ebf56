import type { ContentsQuery } from './contents-query.ts';
import { type Occurrence, occurrences } from './occurrences.ts';

/** A piece of a text in which the words that were searched for are marked. */
export interface Snippet {
  /** One after the other they are the piece. */
  readonly segments: readonly { readonly text: string; readonly match: boolean }[];
  /** The text goes on before it, and after it. */
  readonly cut_start: boolean;
  readonly cut_end: boolean;
}

/** Characters of a snippet, and how many of them come before the first marked word. */
const LENGTH = 160;
const BEFORE = 50;

/**
 * The best piece of a text for a query: that with most of its terms. `undefined` where none is in it, or, where `whole`
 * is asked for, not all of them.
 */
export function snippetOf(text: string, query: ContentsQuery, whole = false): Snippet | undefined {
  const { found: any, complete } = occurrences(text, query);
  if (whole && !complete) return undefined;
  const found = any.toSorted((a, b) => startOf(a) - startOf(b));
  const first = bestStart(found);
  if (first === undefined) return undefined;
  const [start, end] = bounds(text, first);
  const marks = found
    .flatMap(({ words }) => words)
    .filter((word) => word.start >= start && word.start < end)
    .toSorted((a, b) => a.start - b.start);
  const segments: { text: string; match: boolean }[] = [];
  const add = (from: number, to: number, match: boolean): void => {
    const piece = text.slice(from, to).replace(/\s+/g, ' ');
    if (piece !== '') segments.push({ text: piece, match });
  };
  let at = start;
  for (const mark of marks) {
    // Words may have been found twice, where pieces overlap and where terms do.
    if (mark.start < at) continue;
    add(at, mark.start, false);
    at = Math.min(mark.end, end);
    add(mark.start, at, true);
  }
  add(at, end, false);
  return { segments, cut_start: start > 0, cut_end: end < text.length };
}

function startOf({ words }: Occurrence): number {
  return words[0]?.start ?? 0;
}

/** Where to begin so that most terms are near; the earliest of equals. */
function bestStart(found: readonly Occurrence[]): number | undefined {
  let best: { start: number; terms: number } | undefined;
  for (const [at, occurrence] of found.entries()) {
    const start = startOf(occurrence);
    const terms = new Set<number>();
    for (let next = at; next < found.length; next++) {
      const other = found[next];
      if (!other || startOf(other) > start + LENGTH - BEFORE) break;
      terms.add(other.term);
    }
    if (!best || terms.size > best.terms) best = { start, terms: terms.size };
  }
  return best?.start;
}

/** Around the first marked word, from white space to white space where there is some. */
function bounds(text: string, first: number): [start: number, end: number] {
  const wish = Math.max(0, first - BEFORE);
  const space = wish === 0 ? 0 : text.slice(wish, first).search(/\s/);
  const start = betweenCharacters(text, wish === 0 ? 0 : space < 0 ? wish : wish + space + 1);
  const most = Math.min(text.length, start + LENGTH);
  if (most === text.length) return [start, most];
  const last = text.slice(first, most).search(/\s\S*$/);
  return [start, betweenCharacters(text, last <= 0 ? most : first + last)];
}

/** Not between the two halves of a character. */
function betweenCharacters(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
