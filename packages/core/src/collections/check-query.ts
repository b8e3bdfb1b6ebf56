import { parseQuery } from '../domain/query/parse.ts';
import { SdError } from '../errors.ts';

/** Throws `INVALID_INPUT` that points at what is wrong in the query of a smart collection. */
export function checkQuery(text: string): void {
  const parsed = parseQuery(text);
  if (parsed.ok) return;
  const { message, at, expected, suggestion } = parsed.problem;
  throw new SdError('INVALID_INPUT', `query: ${message}`, {
    at,
    ...(expected === undefined ? {} : { expected }),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}
