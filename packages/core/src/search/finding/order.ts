import { naturalKey } from '../../domain/natural-order.ts';
import type { SortColumn } from '../filtering/row-facts.ts';
import type { Hit } from './matcher.ts';
import type { Tier } from './search-text.ts';

export const SORTS = ['relevance', 'name', 'size', 'modified'] as const;
export type Sort = (typeof SORTS)[number];

/** A place in the order of a search: what the hit there is sorted by. Ids break ties, always ascending. */
export interface Place {
  readonly key: string | number;
  readonly id: number;
}

export interface Placed extends Place {
  readonly hit: Hit;
}

export interface Order {
  readonly sort: Sort;
  readonly descending: boolean;
}

/** What a hit is sorted by. `tier` is its rank, which may be less than its name deserves (see `ranked.ts`). */
export function placed(hit: Hit, { sort }: Order, tier: Tier = hit.tier): Placed {
  return { hit, id: hit.id, key: keyOf(hit, sort, tier) };
}

function keyOf(hit: Hit, sort: Sort, tier: Tier): string | number {
  if (sort === 'relevance') return tier;
  if (sort === 'size') return hit.size;
  if (sort === 'modified') return hit.mtime;
  // NUL is in no name and below everything else: the key decides first, then the name.
  return `${naturalKey(hit.name)}\0${hit.name}`;
}

export function comparePlaces(a: Place, b: Place, { descending }: Order): number {
  if (a.key === b.key) return a.id - b.id;
  return a.key < b.key === descending ? 1 : -1;
}

/** Those after `after`, in order. */
export function inOrder(places: readonly Placed[], order: Order, after: Place | undefined): Placed[] {
  const left = after ? places.filter((place) => comparePlaces(place, after, order) > 0) : [...places];
  return left.sort((a, b) => comparePlaces(a, b, order));
}

/** The column that holds the key, where one does. */
export function columnOf(sort: Sort): SortColumn | undefined {
  return sort === 'size' ? 'size' : sort === 'modified' ? 'mtime' : undefined;
}
