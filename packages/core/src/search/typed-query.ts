import { parseQuery } from '../domain/query/parse.ts';
import type { QueryProblem } from '../domain/query/problem.ts';
import type { NamesTerm, Query, TextTerm, Where } from '../domain/query/query.ts';
import { SdError } from '../errors.ts';

/** What somebody typed, taken apart: what names, folders and extensions are looked up by, and the rest. */
export interface TypedQuery {
  readonly where: Where | undefined;
  /** Words that must all be there. */
  readonly texts: readonly TextTerm[];
  /** Terms that stand at the top by themselves, each with one value. */
  readonly extensions: NamesTerm | undefined;
  readonly below: NamesTerm | undefined;
  readonly rest: readonly Query[];
}

/** Throws `INVALID_INPUT` with what is wrong and where. */
export function takeApart(text: string): TypedQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw queryError(parsed.problem);
  const query = parsed.value;
  const rest: Query[] = [];
  const texts: TextTerm[] = [];
  let [where, extensions, below]: [Where?, NamesTerm?, NamesTerm?] = [];
  for (const part of query.op === 'all' ? query.of : [query]) {
    if (part.op === 'term' && part.key === 'where') where = part.where;
    else if (part.op === 'term' && part.key === 'text') texts.push(part);
    else if (part.op === 'term' && part.key === 'ext' && !extensions) extensions = part;
    else if (part.op === 'term' && isOnePlace(part) && !below) below = part;
    else rest.push(part);
  }
  return { where, texts, extensions, below, rest };
}

function isOnePlace(part: Query): part is NamesTerm {
  return part.op === 'term' && (part.key === 'in' || part.key === 'location') && part.any.length === 1;
}

/** What is wrong with a query, as clients get it. */
function queryError({ message, at, expected, suggestion }: QueryProblem): SdError {
  return new SdError('INVALID_INPUT', `query: ${message}`, {
    query: {
      ...at,
      ...(expected === undefined ? {} : { expected }),
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    ...(suggestion === undefined && expected === undefined ? {} : { way_out: wayOut(expected, suggestion) }),
  });
}
function wayOut(expected: string | undefined, suggestion: string | undefined): string {
  return [
    suggestion === undefined ? '' : `did you mean ${suggestion}?`,
    expected === undefined ? '' : `expected ${expected}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
