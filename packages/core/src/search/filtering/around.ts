import type { LocationWithTotals } from '../../db/library/locations.ts';
import { fold } from '../../domain/fold.ts';
import { asName } from '../../domain/query/print.ts';
import type { Query, Span } from '../../domain/query/query.ts';
import { nearest } from '../../domain/suggest.ts';
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

/** Names that are said where none is near. */
const FEW = 5;
const LONGEST_NAME = 60;

/** What a term names is not there. `names`: what there is, where that is known; the one that was probably meant is said. */
export function notThere(what: string, text: string, at: Span | undefined, names?: readonly string[]): SdError {
  const near = names && nearestName(text, names);
  const suggestion = near === undefined ? undefined : asName(near);
  return new SdError('NOT_FOUND', `there is no ${what} ${JSON.stringify(text)}`, {
    way_out: suggestion === undefined ? whatThereIs(what, names) : `did you mean ${suggestion}?`,
    ...(at ? { query: { ...at, ...(suggestion === undefined ? {} : { suggestion }) } } : {}),
  });
}

function nearestName(text: string, names: readonly string[]): string | undefined {
  const wanted = fold(text);
  const within = names.filter((name) => fold(name).includes(wanted)).toSorted((a, b) => a.length - b.length);
  return nearest(text, names) ?? within[0];
}

function whatThereIs(what: string, names: readonly string[] | undefined): string {
  if (!names) return `name one that is indexed, or write its whole path; in quotes "in:…" is a text`;
  if (names.length === 0) return `there is no ${what} yet`;
  const all = [...new Set(names)];
  const some = all
    .slice(0, FEW)
    .map((name) => asName(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name));
  return `there is ${some.join(', ')}${all.length > FEW ? ' and more' : ''}`;
}
