import type { ReadConnection, ReadFiles } from '../platform.ts';
import { ChildIds } from './index-rows.ts';
import { ListingCache } from './listing-cache.ts';

// Kept for as long as the thread has the port or the connection they belong to.
const listings = new WeakMap<ReadFiles, ListingCache>();
const ids = new WeakMap<ReadConnection, ChildIds>();

/** The listings this thread remembers. */
export function listingsOf(files: ReadFiles): ListingCache {
  const cache = listings.get(files) ?? new ListingCache();
  listings.set(files, cache);
  return cache;
}

/** The ids this thread remembers of a library. `now`: milliseconds that only go forward. */
export function childIdsOf(db: ReadConnection, now: () => number): ChildIds {
  const known = ids.get(db) ?? new ChildIds(now);
  ids.set(db, known);
  return known;
}
