import type { OrderedNames } from '../domain/listing-order.ts';

/** Folders up to this many names are listed in a millisecond or two. */
export const SMALL_FOLDER = 2_000;

/** Names remembered by one thread, all folders together: some 20 MB at most. */
const MOST_NAMES = 400_000;

/** A folder as it was last listed, and in what order that came to be. */
export interface RememberedListing {
  /** What the order holds for: the same stamp means that nothing has changed. `undefined` where no stamp says that. */
  readonly stamp: string | undefined;
  /** Of the thread's clock, milliseconds that only go forward. */
  readonly listedAt: number;
  /** As listed, of small folders: a listing that is the same needs no sorting. */
  readonly columns?: OrderedNames;
  readonly sorted: OrderedNames;
}

/** The orders a thread made last, so that the next page of a big folder costs no sorting and no listing. */
export class ListingCache {
  readonly #listings = new Map<string, RememberedListing>();
  #names = 0;

  get(key: string): RememberedListing | undefined {
    return this.#listings.get(key);
  }

  set(key: string, listing: RememberedListing): void {
    this.#forget(key);
    this.#listings.set(key, listing);
    this.#names += listing.sorted.names.length;
    for (const oldest of this.#listings.keys()) {
      if (this.#names <= MOST_NAMES || oldest === key) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#names -= this.#listings.get(key)?.sorted.names.length ?? 0;
    this.#listings.delete(key);
  }
}

/** Whether two listings have the same entries in the same sequence, with the same values. */
export function sameColumns(a: OrderedNames, b: OrderedNames): boolean {
  return (
    a.names.length === b.names.length &&
    a.names.every(
      (name, at) => name === b.names[at] && a.types[at] === b.types[at] && a.values?.[at] === b.values?.[at],
    )
  );
}
