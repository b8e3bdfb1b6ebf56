import {
  COLLECTION_ITEMS,
  findItem,
  itemsOf,
  neighborPosition,
  outermostPosition,
} from '../db/library/collection-items.ts';
import { areCrowded, freshPositions, positionsBetween } from '../db/library/positions.ts';
import { changeUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { ItemKey } from './item-keys.ts';

/** A place in the order: at an end, or beside an item. */
export type ItemPlace = 'start' | 'end' | { readonly side: 'before' | 'after'; readonly item: ItemKey };

/** The positions between which the place lies; `null` at an end. Throws `NOT_FOUND` where the item is not in the collection. */
function gapAt(
  db: ReadConnection,
  collection: number,
  place: ItemPlace,
): { readonly after: string | null; readonly before: string | null } {
  if (place === 'start') return { after: null, before: outermostPosition(db, collection, 'first') };
  if (place === 'end') return { after: outermostPosition(db, collection, 'last'), before: null };
  const { position } = theItem(db, collection, place.item);
  if (place.side === 'before') return { after: neighborPosition(db, collection, position, 'before'), before: position };
  return { after: position, before: neighborPosition(db, collection, position, 'after') };
}

/** `count` positions for the place, in their order. */
export function positionsAt(db: ReadConnection, collection: number, place: ItemPlace, count: number): string[] {
  const { after, before } = gapAt(db, collection, place);
  return positionsBetween(after, before, count);
}

/** Gives every item a short position again where some have become long. */
export function spread(tx: WriteTransaction, collection: number, positions: readonly string[]): void {
  if (!areCrowded(positions)) return;
  const items = itemsOf(tx, collection);
  const fresh = freshPositions(items.length);
  items.forEach((item, at) =>
    changeUserRow(tx, COLLECTION_ITEMS, { ...item }, { ...item, position: fresh[at] ?? item.position }),
  );
}

export function theItem(db: ReadConnection, collection: number, { scope, id }: ItemKey) {
  const item = findItem(db, collection, scope, id);
  if (item) return item;
  throw new SdError('NOT_FOUND', 'an item that was named is not in the collection', {
    way_out: 'sd collection info shows what is in it',
  });
}
