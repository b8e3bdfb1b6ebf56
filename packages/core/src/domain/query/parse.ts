import { withGroups } from './brackets.ts';
import { foreignKey } from './foreign.ts';
import { keyOf } from './keys.ts';
import { type Token, tokensOf } from './lex.ts';
import { type Parsed, QueryFault } from './problem.ts';
import { EVERYTHING, type Query, type Span, type TextTerm, type WhereTerm } from './query.ts';
import { refuseSlips } from './slips.ts';
import { termOf } from './terms.ts';

/**
 * Reads what somebody typed. Terms with white space between them must all hold; OR binds the two beside it more closely;
 * a minus before a term or a group is "not"; brackets group. What is no `key:` of the language is text: any characters
 * may be typed. See docs/search.md.
 */
export function parseQuery(text: string): Parsed<Query> {
  try {
    const tokens = withGroups(tokensOf(text), text);
    refuseSlips(tokens);
    const value = new Parser(tokens).run();
    refuseWhereBelow(value);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof QueryFault) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  run(): Query {
    return this.#sequence();
  }

  /** Up to the end, or the bracket that closes. */
  #sequence(): Query {
    const parts: Query[] = [];
    for (let token = this.#peek; token && token.kind !== 'close'; token = this.#peek) {
      const either = [this.#operand(token)];
      // An OR is one between two operands; elsewhere it is a word.
      for (let next = this.#alternative; next; next = this.#alternative) {
        this.#at++;
        either.push(this.#operand(next));
      }
      parts.push(any(either.filter((part) => part !== undefined)));
    }
    return all(parts);
  }

  /** What follows an OR here. */
  get #alternative(): Token | undefined {
    const next = this.#peek?.kind === 'or' ? this.#tokens[this.#at + 1] : undefined;
    return next && next.kind !== 'or' && next.kind !== 'close' ? next : undefined;
  }

  /** `undefined`: it asks for nothing. */
  #operand(token: Token): Query | undefined {
    this.#at++;
    if (token.kind === 'open') {
      const inside = this.#sequence();
      this.#at++;
      return token.negated ? not(inside) : inside;
    }
    if (token.kind === 'close') return undefined;
    if (token.kind === 'or') return textTerm('OR', true, token.at);
    const term = token.kind === 'keyed' ? keyed(token) : words(token);
    return term && token.negated ? not(term) : term;
  }

  get #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }
}

function keyed({ word, value, negated, at }: Extract<Token, { kind: 'keyed' }>): Query {
  const key = keyOf(word, true);
  if (typeof key === 'string') return termOf(key, value, at, negated);
  const wordAt: Span = { start: value.at.start - word.length - 1, length: word.length };
  const meant = key?.meant;
  if (meant === undefined)
    throw new QueryFault({
      ...foreignKey(word, value.raw),
      at: { ...wordAt, length: word.length + 1 + value.at.length },
    });
  throw new QueryFault({
    message: `there is no ${word}: to search by; did you mean ${meant}:?`,
    at: wordAt,
    expected: 'a key, like type, tag or size; in quotes it is a text',
    suggestion: meant,
  });
}

function words({ kind, text, at }: Extract<Token, { text: string }>): TextTerm | undefined {
  return text.trim() === '' ? undefined : textTerm(text, kind === 'quoted' || !isPlain(text), at);
}
function textTerm(text: string, exact: boolean, at: Span): TextTerm {
  return { op: 'term', key: 'text', text, exact, at };
}

/** Whether it means itself wherever it stands without quotes. */
export function isPlain(text: string): boolean {
  return /^[^\s"()<>≥≤-][^\s"()]*$/u.test(text) && !/^(?:and|or|not)$|^[a-z_-]+[:<>≥≤]/i.test(text);
}

function all(parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.op === 'all' ? part.of : [part]));
  return flat.length === 1 && flat[0] ? flat[0] : flat.length === 0 ? EVERYTHING : { op: 'all', of: flat };
}
function any(parts: readonly Query[]): Query {
  if (parts.length === 0) return EVERYTHING;
  // One that asks for nothing lets everything pass.
  if (parts.some((part) => part.op === 'all' && part.of.length === 0)) return EVERYTHING;
  const flat = parts.flatMap((part) => (part.op === 'any' ? part.of : [part]));
  return flat.length === 1 && flat[0] ? flat[0] : { op: 'any', of: flat };
}
function not(part: Query): Query {
  return part.op === 'not' ? part.of : { op: 'not', of: part };
}

/** `in:contents` is said of the whole search. */
function refuseWhereBelow(query: Query): void {
  const top = query.op === 'all' ? query.of : [query];
  let first: WhereTerm | undefined;
  for (const part of top) {
    const inside = part.op === 'term' ? undefined : whereIn(part);
    if (inside) throw misplaced(inside, 'is said of the whole search: it cannot be negated, nor be in a group');
    if (part.op !== 'term' || part.key !== 'where') continue;
    if (first && first.where !== part.where)
      throw misplaced(part, `and in:${first.where} exclude each other; in:all is both`);
    first = part;
  }
}
function misplaced({ where, at }: WhereTerm, why: string): QueryFault {
  return new QueryFault({ message: `in:${where} ${why}`, at: at ?? { start: 0, length: 0 } });
}
function whereIn(query: Query): WhereTerm | undefined {
  if (query.op === 'term') return query.key === 'where' ? query : undefined;
  if (query.op === 'not') return whereIn(query.of);
  for (const part of query.of) {
    const found = whereIn(part);
    if (found) return found;
  }
  return undefined;
}
