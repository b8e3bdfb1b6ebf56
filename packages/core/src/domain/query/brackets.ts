import { QueryFault } from './problem.ts';
import type { Span } from './query.ts';
import type { Token } from './lex.ts';

type Bracket = Extract<Token, { kind: 'open' | 'close' }>;

/**
 * Tells the brackets that group from those that belong to names, like `photo (1).jpg`: a pair groups where it has more
 * than bare words within, a minus before it, or an OR beside it. The others become part of the words they touch.
 */
export function withGroups(tokens: readonly Token[], text: string): Token[] {
  return joined(tokens, groupingOf(tokens), text);
}

function groupingOf(tokens: readonly Token[]): ReadonlySet<Token> {
  const grouping = new Set<Token>();
  const open: { token: Extract<Token, { kind: 'open' }>; at: number; groups: boolean }[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'open') {
      open.push({ token, at, groups: token.negated || tokens[at - 1]?.kind === 'or' });
    } else if (token.kind === 'close') {
      const pair = open.pop();
      if (!pair || (!pair.groups && tokens[at + 1]?.kind !== 'or') || tokens[at - 1] === pair.token) continue;
      grouping.add(pair.token).add(token);
      // What holds a group is one.
      for (const outer of open) outer.groups = true;
    } else if (token.kind !== 'word' || (token.negated && tokens[at - 1]?.kind !== 'open')) {
      for (const outer of open) outer.groups = true;
    }
  }
  return grouping;
}

/** Brackets that do not group, and the words they touch, become one word. */
function joined(tokens: readonly Token[], grouping: ReadonlySet<Token>, text: string): Token[] {
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at];
    if (!first) break;
    let last = at;
    while (isWordy(last) && isWordy(last + 1) && touches(tokens[last], tokens[last + 1])) last++;
    if (last === at && !isLiteral(at)) {
      result.push(first);
      continue;
    }
    for (const side of [tokens[at - 1], tokens[last + 1]]) refuseBeside(side, tokens.slice(at, last + 1));
    const negated = 'negated' in first && first.negated;
    const span = { start: first.at.start, length: endOf(tokens[last]) - first.at.start };
    const from = span.start + (negated ? 1 : 0);
    result.push({ kind: 'word', text: text.slice(from, span.start + span.length), negated, at: span });
    at = last;
  }
  return result;

  function isLiteral(at: number): boolean {
    const token = tokens[at];
    return token !== undefined && (token.kind === 'open' || token.kind === 'close') && !grouping.has(token);
  }
  function isWordy(at: number): boolean {
    return isLiteral(at) || tokens[at]?.kind === 'word';
  }
}

/** A bracket that touches what was no bare word was meant to group. */
function refuseBeside(side: Token | undefined, brackets: readonly Token[]): void {
  const bracket = brackets.find((token): token is Bracket => token.kind === 'open' || token.kind === 'close');
  if (!side || !bracket || side.kind === 'word' || side.kind === 'or') return;
  if (!touches(side, brackets[0]) && !touches(brackets.at(-1), side)) return;
  if (side.kind === 'open' || (side.kind === 'close' && bracket.kind === 'open')) return;
  const message =
    bracket.kind === 'open' ? 'this bracket is not closed' : 'this bracket closes none that was opened before';
  throw new QueryFault({
    message,
    at: bracket.at,
    expected: 'a pair of brackets, or quotes around a name that has one',
  });
}

function touches(one: { at: Span } | undefined, other: { at: Span } | undefined): boolean {
  return one !== undefined && other !== undefined && endOf(one) === other.at.start;
}
function endOf(token: { at: Span } | undefined): number {
  return token ? token.at.start + token.at.length : 0;
}
