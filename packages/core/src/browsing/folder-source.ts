import type { EntryFacts } from '../domain/entry.ts';
import type { ListingOrder, OrderedNames } from '../domain/listing-order.ts';

/** One folder as the disk or the index has it. */
export interface FolderSource {
  /** The names there are, in no order, with what they are to be sorted by. Throws what the disk says. */
  columns(sort: ListingOrder['sort']): OrderedNames;
  /** All there is to show of these names; those that are gone by now are left out. */
  entries(names: readonly string[], total: number): EntryFacts[];
}
