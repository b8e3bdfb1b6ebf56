import type { LocationWithTotals } from '../../db/library/locations.ts';
import type { Query, Span } from '../../domain/query/query.ts';
import { SdError } from '../../errors.ts';
import type { SearchWorld } from '../finding/world.ts';
import type { Predicate } from './predicate.ts';

/** How places that are named are found; both throw `NOT_FOUND`. */
export interface Places {
  /** The indexed folder of a whole path or address. `path` is native. */
  folderAt(text: string): { readonly id: number; readonly path: string };
  /** By id, name or path. */
  location(text: string): LocationWithTotals;
}

/** What terms are resolved against: names of tags, folders, devices …; and the present. */
export interface Around {
  readonly world: SearchWorld;
  readonly places: Places;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Smart collections that led here, by id: none may be in itself. */
  readonly within: readonly number[];
  /** What a query asks for, for those that hold others. */
  compile(query: Query, around: Around): Predicate;
}

/** What a term names is not there. `suggestion`: what was probably meant, as it would be typed. */
export function notThere(what: string, text: string, at: Span | undefined, suggestion?: string): SdError {
  return new SdError('NOT_FOUND', `there is no ${what} ${JSON.stringify(text)}`, {
    ...(suggestion === undefined ? {} : { way_out: `did you mean ${suggestion}?` }),
    ...(at ? { query: { ...at, ...(suggestion === undefined ? {} : { suggestion }) } } : {}),
  });
}
