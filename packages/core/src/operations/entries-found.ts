import type { ReaderContext } from '../context.ts';
import { SdError } from '../errors.ts';
import { foundEntries } from './searching.ts';

/** The ids of the entries that a search finds, given the input of `search.files`. Throws `LIMIT` where they are more than `most`. */
export function entriesFound(
  context: ReaderContext<'library'>,
  input: Readonly<Record<string, unknown>>,
  most: number,
): number[] {
  const { ids, more } = foundEntries(context, input, most);
  if (more) throw new SdError('LIMIT', `the search finds more than ${most} entries`, { way_out: 'narrow the search' });
  return Array.from(ids);
}
