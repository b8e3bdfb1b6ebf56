import { usage } from '../errors.ts';
import { addressOf, locationOf } from './address.ts';

export interface SearchOptions {
  readonly kind: readonly string[] | undefined;
  readonly type: readonly string[] | undefined;
  readonly ext: readonly string[] | undefined;
  readonly larger: number | undefined;
  readonly smaller: number | undefined;
  readonly newer: number | undefined;
  readonly older: number | undefined;
  readonly location: string | undefined;
  readonly in: 'names' | 'contents' | 'all' | undefined;
  readonly within: string | undefined;
  readonly noHidden: boolean;
  readonly private: boolean;
  readonly sort: 'relevance' | 'name' | 'size' | 'modified' | undefined;
  readonly reverse: boolean;
}

/** The parameters of a search from what was typed: the words are a query, options combine with it. */
export function searchParams(words: readonly string[], options: SearchOptions): Record<string, unknown> {
  const { sort = 'relevance', reverse } = options;
  const asked = defined({
    query: words.length > 0 ? words.join(' ') : undefined,
    kinds: options.kind,
    types: options.type,
    extensions: options.ext,
    min_size: options.larger,
    max_size: options.smaller,
    modified_after: options.newer,
    modified_before: options.older,
    location: options.location === undefined ? undefined : locationOf(options.location),
    within: options.within === undefined ? undefined : addressOf(options.within),
  });
  if (Object.keys(asked).length === 0)
    throw usage('what should be found?', 'sd find WORD, or an option such as --kind image; sd help find');
  if ((options.in ?? 'names') !== 'names' && asked['query'] === undefined)
    throw usage('which words should be in the text?', 'sd find --in contents WORD');
  if (sort === 'relevance' && reverse) throw usage('relevance has one order only', 'name another with --sort');
  // The largest and the newest come first; names are read from A on.
  const order = sort === 'relevance' ? undefined : (sort !== 'name') !== reverse ? 'desc' : 'asc';
  const more = defined({
    in: options.in,
    hidden: options.noHidden ? false : undefined,
    private: options.private ? true : undefined,
    sort,
    order,
  });
  return { ...asked, ...more };
}

function defined(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
