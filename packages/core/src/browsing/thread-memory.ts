import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { IndexMemory } from './index-rows.ts';
import { ListingCache } from './listing-cache.ts';

// Kept for as long as the thread has the port or the connection they belong to.
const listings = new WeakMap<ReadFiles, ListingCache>();
const indexes = new WeakMap<ReadConnection, IndexMemory>();

/** The listings this thread remembers. */
export function listingsOf(files: ReadFiles): ListingCache {
  const cache = listings.get(files) ?? new ListingCache();
  listings.set(files, cache);
  return cache;
}

/** What this thread remembers of a library's index. `now`: milliseconds that only go forward. */
export function indexMemoryOf(db: ReadConnection, now: () => number): IndexMemory {
  const known = indexes.get(db) ?? new IndexMemory(now);
  indexes.set(db, known);
  return known;
}
