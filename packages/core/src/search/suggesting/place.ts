import { type Key, keyOf } from '../../domain/query/keys.ts';
import { tokensOf } from '../../domain/query/lex.ts';

/** What stands before the cursor of a search that is being typed, and from where on a suggestion takes its place. */
export type TypingPlace =
  /** A word, or nothing yet: it may become a key. */
  | { readonly of: 'word'; readonly typed: string; readonly from: number }
  | { readonly of: 'value'; readonly key: Key; readonly typed: string; readonly from: number };

export function placeOfCursor(text: string, cursor: number): TypingPlace {
  const before = text.slice(0, cursor);
  const last = tokensOf(before).at(-1);
  const touches = last !== undefined && last.at.start + last.at.length === before.length;
  if (!touches || last.kind === 'open' || last.kind === 'close' || last.kind === 'quoted')
    return { of: 'word', typed: '', from: before.length };
  if (last.kind === 'or') return { of: 'word', typed: 'OR', from: last.at.start };
  if (last.kind === 'word') return { of: 'word', typed: last.text, from: last.at.start + (last.negated ? 1 : 0) };
  const key = keyOf(last.word, true);
  // A key that is none is replaced as a whole.
  if (typeof key !== 'string') return { of: 'word', typed: last.word, from: last.at.start + (last.negated ? 1 : 0) };
  const item = last.value.items.at(-1);
  const isOpen = item !== undefined && item.at.start + item.at.length === before.length;
  if (!isOpen) return { of: 'value', key, typed: '', from: before.length };
  return { of: 'value', key, typed: item.text, from: item.at.start + (item.alone ? 1 : 0) };
}
