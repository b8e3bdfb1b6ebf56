import { COLLECTION_ITEMS, findItem, itemsOf } from '../db/library/collection-items.ts';
import { COLLECTIONS, type CollectionRow, collectionById } from '../db/library/collections.ts';
import { ENTRY_SCOPE, giveUuids } from '../db/library/target-key.ts';
import { targetName } from '../db/library/target-name.ts';
import { changeUserRow, deleteUserRow, deleteUserRows, putUserRows } from '../db/library/user-rows.ts';
import { several } from '../domain/for-people.ts';
import { uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { WriteTask } from '../write-task.ts';
import { refuseSmart } from './find-collection.ts';
import type { ItemKey } from './item-keys.ts';
import { type ItemPlace, positionsAt, spread, theItem } from './order.ts';

interface ItemsInput {
  /** Id of `collections`. */
  readonly collection: number;
  readonly items: readonly ItemKey[];
}

/** Puts items into a collection, in their order. Those that are in it stay where they are. */
export const addItems: WriteTask<ItemsInput & { readonly place: ItemPlace }, { added: number }> = {
  name: 'collections.add',
  write(tx, { collection: id, items, place }, { newIds, now }) {
    const collection = editable(tx, id);
    const lacking = items.filter((item) => !findItem(tx, id, item.scope, item.id));
    giveUuids(
      tx,
      lacking.filter(({ scope }) => scope === ENTRY_SCOPE).map((item) => item.id),
      () => newIds.bytes(),
    );
    const positions = positionsAt(tx, id, place, lacking.length);
    const rows = lacking.map((item, at) => ({
      collection_id: id,
      scope: item.scope,
      target_id: item.id,
      position: positions[at] ?? '',
      label: targetName(tx, item.scope, item.id),
      added_at: now,
    }));
    const added = putUserRows(tx, COLLECTION_ITEMS, rows);
    spread(tx, id, positions);
    say(tx, collection, `Added ${several(added, 'item')} to "${collection.name}"`, { added });
    return { added };
  },
};

/** Takes items out of a collection; what is not in it is passed over. */
export const removeItems: WriteTask<ItemsInput, { removed: number }> = {
  name: 'collections.remove',
  write(tx, { collection: id, items }) {
    const collection = editable(tx, id);
    const keys = items.map((item) => ({ collection_id: id, scope: item.scope, target_id: item.id }));
    const removed = deleteUserRows(tx, COLLECTION_ITEMS, keys);
    say(tx, collection, `Took ${several(removed, 'item')} out of "${collection.name}"`, { removed });
    return { removed };
  },
};

/** Brings items of a collection, in the order given, to a place beside one that is not among them. */
export const moveItems: WriteTask<ItemsInput & { readonly place: ItemPlace }, { moved: number }> = {
  name: 'collections.reorder',
  write(tx, { collection: id, items, place }) {
    const collection = editable(tx, id);
    if (typeof place === 'object' && items.some((item) => same(item, place.item)))
      throw new SdError('INVALID_INPUT', 'items cannot be put beside one of themselves');
    const rows = items.map((item) => theItem(tx, id, item));
    const positions = positionsAt(tx, id, place, rows.length);
    rows.forEach((row, at) =>
      changeUserRow(tx, COLLECTION_ITEMS, { ...row }, { ...row, position: positions[at] ?? row.position }),
    );
    spread(tx, id, positions);
    say(tx, collection, `Moved ${several(rows.length, 'item')} in "${collection.name}"`, { moved: rows.length });
    return { moved: rows.length };
  },
};

/** Takes a collection away with the list of what is in it. The files stay. */
export const deleteCollection: WriteTask<{ readonly collection: number }, { items: number }> = {
  name: 'collections.delete',
  write(tx, { collection: id }) {
    const collection = found(tx, id);
    const items = itemsOf(tx, id).map((item) => ({ ...item }));
    deleteUserRows(tx, COLLECTION_ITEMS, items);
    deleteUserRow(tx, COLLECTIONS, { id });
    tx.summary(`Deleted the collection "${collection.name}"`);
    tx.target(collection.name);
    tx.emit({ resource: 'collection', change: 'deleted', ids: [uuidToText(collection.uuid)] });
    return { items: items.length };
  },
};

function found(tx: LibraryWriteTransaction, id: number): CollectionRow {
  const row = collectionById(tx, id);
  if (row) return row;
  throw new SdError('NOT_FOUND', 'the collection has been deleted');
}

function editable(tx: LibraryWriteTransaction, id: number): CollectionRow {
  const row = found(tx, id);
  refuseSmart(row);
  return row;
}

function say(tx: LibraryWriteTransaction, row: CollectionRow, sentence: string, data: Record<string, number>): void {
  tx.summary(sentence);
  tx.target(row.name);
  if (Object.values(data).some((count) => count > 0))
    tx.emit({ resource: 'collection', change: 'updated', ids: [uuidToText(row.uuid)], data });
}

function same(one: ItemKey, other: ItemKey): boolean {
  return one.scope === other.scope && one.id === other.id;
}
