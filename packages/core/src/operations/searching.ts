import { indexedFolder } from '../browsing/indexed-folder.ts';
import type { ReaderContext } from '../context.ts';
import { inputProblem } from '../domain/input-problem.ts';
import { type SearchInput, searchInputSchema } from '../domain/search-input.ts';
import { SdError } from '../errors.ts';
import { findLocation } from '../locations/find.ts';
import { type Asking, askingOf } from '../search/asking.ts';
import type { ContentsWorld } from '../search/contents/contents-search.ts';
import { everyHit } from '../search/every-hit.ts';

export interface FoundEntries {
  /** Ascending. */
  readonly ids: Float64Array;
  /** There are more than were asked for: these are some of them. */
  readonly more: boolean;
}

/**
 * The entries that a search finds, up to `most` of them, for what is done with all. `search`: the input of
 * `search.files`, not looked at yet; its order and pages are passed over. In a reader thread. Throws `INVALID_INPUT`, and
 * what the search throws.
 */
export function foundEntries(context: ReaderContext<'library'>, search: unknown, most: number): FoundEntries {
  const ids: number[] = [];
  everyHit(worldOf(context), askedIn(context, parsed(search)), ({ id }) => ids.push(id) <= most);
  return { ids: Float64Array.from(ids.slice(0, most)).sort(), more: ids.length > most };
}

/** Exactly how many entries a search finds, and the bytes of the files among them; else like `foundEntries`. */
export function countFoundEntries(
  context: ReaderContext<'library'>,
  search: unknown,
): { count: number; bytes: number } {
  let [count, bytes] = [0, 0];
  everyHit(worldOf(context), askedIn(context, parsed(search)), ({ size }) => {
    count++;
    bytes += size;
    return true;
  });
  return { count, bytes };
}

/** What an input asks for, of the library of this call. `within`: ids of the smart collections it is the query of. */
export function askedIn(context: ReaderContext<'library'>, input: SearchInput, within: readonly number[] = []): Asking {
  const { library, device, clock } = context;
  return askingOf(input, {
    world: worldOf(context),
    now: clock.now(),
    within,
    places: {
      folderAt: (text) => indexedFolder(text, library.db, device),
      location: (text) => findLocation(library.db, text, device.slug),
    },
  });
}

/** What a search of this call reads. */
export function worldOf({ library, checkCancelled }: ReaderContext<'library'>): ContentsWorld {
  return { db: library.db, names: library.names, texts: library.texts, check: checkCancelled };
}

function parsed(search: unknown) {
  const { success, data, error } = searchInputSchema.safeParse(search, { error: inputProblem });
  if (success) return data;
  const [issue] = error.issues;
  throw new SdError('INVALID_INPUT', `search.${issue?.path.join('.')}: ${issue?.message}`);
}
