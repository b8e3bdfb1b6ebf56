import { indexedFolder } from '../browsing/indexed-folder.ts';
import type { Device } from '../domain/device.ts';
import { ENTRY_TYPES } from '../domain/entry.ts';
import { fold } from '../domain/fold.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { isWithin, showNative } from '../domain/native-path.ts';
import type { Where } from '../domain/query/query.ts';
import type { SearchInput } from '../domain/search-input.ts';
import { SdError } from '../errors.ts';
import { findLocation, pathOfLocation } from '../locations/find.ts';
import type { ReadConnection } from '../platform.ts';
import { type ContentsQuery, parseContentsQuery } from './contents/contents-query.ts';
import type { EntryFilter } from './finding/filter.ts';
import { type SearchText, parseText } from './finding/search-text.ts';

/** What a search asks for, in the terms of the library it is asked of. */
export interface Asking {
  readonly where: Where;
  /** The words as names are compared with them, and as texts are. */
  readonly text: SearchText;
  readonly words: ContentsQuery;
  readonly filter: EntryFilter;
}

export interface AskedOf {
  readonly library: { readonly db: ReadConnection };
  readonly device: Device;
}

/** Throws `NOT_FOUND` where a location or a folder it names is not there. */
export function askingOf(input: SearchInput, { library, device }: AskedOf): Asking {
  const { text = '' } = input;
  return {
    where: input.in,
    // Where contents are searched as well, quotes hold words together; no name is meant to have them.
    text: parseText(input.in === 'all' ? text.replaceAll('"', ' ') : text),
    words: parseContentsQuery(text),
    filter: filterOf(input, library.db, device),
  };
}

function filterOf(input: SearchInput, db: ReadConnection, device: Device): EntryFilter {
  const toMicroseconds = (time: number | undefined): number | undefined =>
    time === undefined ? undefined : time * 1000;
  return {
    kinds: input.kinds?.map((kind) => KIND_CODES[kind]),
    types: input.types?.map((type) => ENTRY_TYPES.indexOf(type)),
    extensions: input.extensions?.map((extension) => fold(extension.replace(/^\./, ''))),
    minSize: input.min_size,
    maxSize: input.max_size,
    modifiedFrom: toMicroseconds(input.modified_after),
    modifiedBefore: toMicroseconds(input.modified_before),
    hidden: input.hidden,
    below: scopeOf(input, db, device),
  };
}

/** The entry below which to look. Throws `NOT_FOUND`. */
function scopeOf({ location: wanted, within }: SearchInput, db: ReadConnection, device: Device): number | undefined {
  const location = wanted === undefined ? undefined : findLocation(db, wanted, device.slug);
  if (within === undefined) return location?.root_entry_id;
  const folder = indexedFolder(within, db, device);
  if (location && !isWithin(folder.path, pathOfLocation(location))) {
    throw new SdError('NOT_FOUND', `${showNative(folder.path)} is not in the location "${location.name}"`, {
      way_out: 'leave one of the two out',
    });
  }
  return folder.id;
}
