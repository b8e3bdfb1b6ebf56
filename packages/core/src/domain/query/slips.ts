import { isNumberKey, isTimeKey, keyOf } from './keys.ts';
import type { Token } from './lex.ts';
import { QueryFault } from './problem.ts';
import type { Span } from './query.ts';
import { readerOf } from './terms.ts';

type Word = Extract<Token, { kind: 'word' }>;

/**
 * Refuses words that other searches would take for more than text, where that is what they must be: `size > 5mb`, and
 * `and`, `or`, `not` beside terms with a key. They would find nothing, without a word.
 */
export function refuseSlips(tokens: readonly Token[]): void {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || token.negated) continue;
    refuseComparison(token, tokens.slice(at + 1, at + 3));
    refuseConnective(token, tokens[at - 1], tokens[at + 1]);
  }
}

/** A key, a sign and a value that it reads, without the colon. */
function refuseComparison(token: Word, behind: readonly Token[]): void {
  let [text, end] = [token.text, token.at];
  for (const next of behind) {
    if (next.kind !== 'word' || next.negated || !/^[a-z_-]+(?:[<>]=?|[≥≤])?$/i.test(text)) break;
    [text, end] = [text + next.text, next.at];
  }
  const [, word = '', value = ''] = /^([a-z_-]+)((?:[<>]=?|[≥≤]).+)$/i.exec(text) ?? [];
  const key = keyOf(word, false);
  if (typeof key !== 'string' || !(isNumberKey(key) || isTimeKey(key) || key === 'dimensions')) return;
  if (!readerOf(key)?.(value)) return;
  throw new QueryFault({
    message: `a colon is missing behind ${word}`,
    at: upTo(token.at, end.start + end.length),
    expected: `${key}: and its value; in quotes it is a text`,
    suggestion: `${key}:${value}`,
  });
}

function refuseConnective({ text, at }: Word, before: Token | undefined, behind: Token | undefined): void {
  const word = text.toLowerCase();
  const shouts = text === text.toUpperCase();
  const [left, right] = [isTerm(before), isTerm(behind)];
  if (word === 'not' && right && behind && (shouts || left || before === undefined))
    throw new QueryFault({
      message: `${JSON.stringify(text)} is a word like any other: a minus says what must not hold`,
      at: upTo(at, behind.at.start),
      ...('negated' in behind && behind.negated ? {} : { suggestion: '-' }),
    });
  if (word === 'or' && left && right)
    throw new QueryFault({
      message: 'between two of which one must hold stands OR, in capitals',
      at,
      suggestion: 'OR',
    });
  if (word === 'and' && (shouts ? left || right : left && right))
    throw new QueryFault({
      message: `${JSON.stringify(text)} goes without saying: what stands side by side must all hold`,
      at,
      expected: 'nothing, or OR; in quotes it is a text',
    });
}

/** What is more than text. */
function isTerm(token: Token | undefined): boolean {
  return token !== undefined && token.kind !== 'word' && token.kind !== 'quoted' && token.kind !== 'or';
}
function upTo({ start }: Span, end: number): Span {
  return { start, length: end - start };
}
