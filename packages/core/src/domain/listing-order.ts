import { z } from 'zod';
import { FOLDER } from './entry.ts';
import { compareText, naturalKey } from './natural-order.ts';

export const LISTING_SORTS = ['name', 'size', 'modified', 'kind'] as const;
export const SORT_ORDERS = ['asc', 'desc'] as const;

/** How a folder's entries are ordered. Names break ties, upwards always, so that the order is total. */
export interface ListingOrder {
  readonly sort: (typeof LISTING_SORTS)[number];
  readonly order: (typeof SORT_ORDERS)[number];
  readonly folders_first: boolean;
}

/** What an entry is ordered by: 0 for folders that go first, a number or word (`0` where names decide), and its name. */
export type ListingKey = readonly [group: number, value: number | string, name: string];
export const listingKeySchema = z.tuple([z.number(), z.union([z.number(), z.string()]), z.string()]);

/** The children of one folder by column, in order. `values` is what they are sorted by, absent where that is the name. */
export interface OrderedNames {
  readonly names: readonly string[];
  readonly types: Uint8Array;
  readonly values?: readonly (number | string)[];
}

/** Sorts columns; they stay as they are. */
export function sortListing(listing: OrderedNames, order: ListingOrder): OrderedNames {
  const { names, types, values } = listing;
  const keys = names.map(naturalKey);
  const sign = order.order === 'desc' ? -1 : 1;
  const nameSign = order.sort === 'name' ? sign : 1;
  const group = groupOf(order);
  const compare = (a: number, b: number): number =>
    group(types[a]) - group(types[b]) ||
    (values ? sign * compareValues(values[a] ?? 0, values[b] ?? 0) : 0) ||
    nameSign * (compareText(keys[a] ?? '', keys[b] ?? '') || compareText(names[a] ?? '', names[b] ?? ''));
  const at = Uint32Array.from(names, (_, index) => index).sort(compare);
  return {
    names: Array.from(at, (index) => names[index] ?? ''),
    types: Uint8Array.from(at, (index) => types[index] ?? 0),
    ...(values ? { values: Array.from(at, (index) => values[index] ?? 0) } : {}),
  };
}

/** The key of the entry at an index of a sorted listing. */
export function keyAt(sorted: OrderedNames, index: number, order: ListingOrder): ListingKey {
  return [groupOf(order)(sorted.types[index]), sorted.values?.[index] ?? 0, sorted.names[index] ?? ''];
}

/** The index of the first entry after the key, whether the entry that had it is still there or not. */
export function firstAfter(sorted: OrderedNames, key: ListingKey, order: ListingOrder): number {
  const sign = order.order === 'desc' ? -1 : 1;
  const nameSign = order.sort === 'name' ? sign : 1;
  const wanted = naturalKey(key[2]);
  let [low, high] = [0, sorted.names.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [group, value, name] = keyAt(sorted, middle, order);
    const difference =
      group - key[0] ||
      sign * compareValues(value, key[1]) ||
      nameSign * (compareText(naturalKey(name), wanted) || compareText(name, key[2]));
    if (difference > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function groupOf(order: ListingOrder): (type: number | undefined) => number {
  return order.folders_first ? (type) => (type === FOLDER ? 0 : 1) : () => 0;
}

function compareValues(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
