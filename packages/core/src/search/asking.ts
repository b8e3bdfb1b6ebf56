import { ENTRY_TYPES, nameOfStored } from '../domain/entry.ts';
import { fold } from '../domain/fold.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { isWithin, showNative } from '../domain/native-path.ts';
import type { Query, Where } from '../domain/query/query.ts';
import type { SearchInput } from '../domain/search-input.ts';
import { SdError } from '../errors.ts';
import { type ContentsQuery, parseContentsQuery } from './contents/contents-query.ts';
import type { Around, Places } from './filtering/around.ts';
import { allOf, noneOf } from './filtering/combine.ts';
import { compile } from './filtering/compile.ts';
import { foldersOf } from './filtering/folders.ts';
import { isPrivate } from './filtering/hidden.ts';
import { extensionsOf } from './filtering/names.ts';
import { locationOf } from './filtering/places.ts';
import type { Predicate } from './filtering/predicate.ts';
import { askedTags, asksForHidden } from './filtering/asked-for.ts';
import type { EntryFilter } from './finding/filter.ts';
import { type SearchText, textOf } from './finding/search-text.ts';
import type { SearchWorld } from './finding/world.ts';
import { termsOfInput } from './input-terms.ts';
import { type TypedQuery, takeApart } from './typed-query.ts';

/** What a search asks for, in the terms of the library it is asked of. */
export interface Asking {
  readonly where: Where;
  /** The words as names are compared with them, and as texts are. */
  readonly text: SearchText;
  readonly words: ContentsQuery;
  readonly filter: EntryFilter;
}

export interface AskedOf {
  readonly world: SearchWorld;
  readonly places: Places;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Smart collections that it is the query of, by id. */
  readonly within?: readonly number[];
}

/** Throws `INVALID_INPUT` where the query is wrong, `NOT_FOUND` where a location, a folder, a tag … it names is not there. */
export function askingOf(input: SearchInput, { world, places, now, within = [] }: AskedOf): Asking {
  const around: Around = { world, places, now, within, compile };
  const typed = takeApart(input.query ?? '');
  const where = typed.where ?? input.in;
  const { text = '' } = input;
  const extensions = input.extensions?.map((extension) => fold(extension.replace(/^\./, '')));
  const place = scopeOf(input, places);
  const lifted = place === undefined ? liftedScope(typed, around) : undefined;
  const rest = [
    ...typed.rest,
    ...(typed.extensions && extensions ? [typed.extensions] : []),
    ...(typed.below && lifted === undefined ? [typed.below] : []),
    ...termsOfInput(input),
  ];
  return {
    where,
    text: textOf([
      // Where contents are searched as well, quotes hold words together; no name is meant to have them.
      { text: where === 'all' ? text.replaceAll('"', ' ') : text, exact: false },
      ...typed.texts,
    ]),
    words: parseContentsQuery([text, ...typed.texts.map(asTyped)].join(' ')),
    filter: {
      ...rowsOf(input),
      extensions: extensions ?? (typed.extensions && extensionsOf(typed.extensions.any)),
      below: place ?? lifted,
      where: predicateOf(input, rest, around),
    },
  };
}

function predicateOf(input: SearchInput, rest: readonly Query[], around: Around): Predicate | undefined {
  const { db } = around.world;
  const all: Query = { op: 'all', of: rest };
  const asked = rest.length === 0 ? [] : [compile(all, around)];
  if (!input.private && !asksForHidden(all)) {
    const left = isPrivate(db, askedTags(db, all));
    if (left) asked.push(noneOf(left));
  }
  return asked.length === 0 ? undefined : allOf(asked);
}

/** As a text of contents is typed: exact ones in quotes. */
function asTyped({ text, exact }: { text: string; exact: boolean }): string {
  return exact ? `"${text.replaceAll('"', ' ')}"` : text;
}

function rowsOf(input: SearchInput): EntryFilter {
  const toMicroseconds = (time: number | undefined): number | undefined =>
    time === undefined ? undefined : time * 1000;
  return {
    kinds: input.kinds?.map((kind) => KIND_CODES[kind]),
    types: input.types?.map((type) => ENTRY_TYPES.indexOf(type)),
    minSize: input.min_size,
    maxSize: input.max_size,
    modifiedFrom: toMicroseconds(input.modified_after),
    modifiedBefore: toMicroseconds(input.modified_before),
    hidden: input.hidden,
  };
}

/** The one folder or location that the query keeps to; `undefined` where there are several, or none is named. */
function liftedScope({ below }: TypedQuery, around: Around): number | undefined {
  const [value] = below?.any ?? [];
  if (!below || !value) return undefined;
  if (below.key === 'location') return locationOf(around, value).root_entry_id;
  const folders = foldersOf(around, value);
  return folders.length === 1 ? folders[0] : undefined;
}

/** The entry below which to look. Throws `NOT_FOUND`. */
function scopeOf({ location: wanted, within }: SearchInput, places: Places): number | undefined {
  const location = wanted === undefined ? undefined : places.location(wanted);
  if (within === undefined) return location?.root_entry_id;
  const folder = places.folderAt(within);
  if (location && !isWithin(folder.path, nameOfStored(location.path))) {
    throw new SdError('NOT_FOUND', `${showNative(folder.path)} is not in the location "${location.name}"`, {
      way_out: 'leave one of the two out',
    });
  }
  return folder.id;
}
