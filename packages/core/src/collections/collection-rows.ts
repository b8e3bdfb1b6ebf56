import { countItems } from '../db/library/collection-items.ts';
import { COLLECTIONS, type CollectionRow, collectionById } from '../db/library/collections.ts';
import { freshId } from '../db/library/fresh-id.ts';
import { putUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { findCollection, refuseTakenName } from './find-collection.ts';

/** What people say of a collection; `null` takes a field away. */
export interface CollectionChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly color?: string | null | undefined;
  readonly icon?: string | null | undefined;
  readonly query?: string | null | undefined;
}

/** Throws `ALREADY_EXISTS` for a name that is taken. The query is one: whoever calls has looked. */
export function createCollection(
  tx: WriteTransaction,
  draft: CollectionChange & { readonly name: string },
  uuid: Uint8Array,
  now: number,
): CollectionRow {
  refuseTakenName(tx, draft.name);
  const { name, description = null, color = null, icon = null, query = null } = draft;
  const id = freshId(tx, COLLECTIONS.name, now);
  const row = { id, uuid, name, description, color, icon, query, created_at: now };
  putUserRow(tx, COLLECTIONS, row);
  return row;
}

/** Throws what `changedCollection` throws. */
export function updateCollection(tx: WriteTransaction, wanted: string, change: CollectionChange): CollectionRow {
  const row = changedCollection(tx, wanted, change).after;
  putUserRow(tx, COLLECTIONS, { ...row });
  return collectionById(tx, row.id) ?? row;
}

/**
 * The collection as it is, and as the change makes it. Throws `ALREADY_EXISTS` for a name that is taken, `CONFLICT`
 * where something is in a collection that is to become a smart one. The query is one: whoever calls has looked.
 */
export function changedCollection(
  db: ReadConnection,
  wanted: string,
  change: CollectionChange,
): { readonly before: CollectionRow; readonly after: CollectionRow } {
  const before = findCollection(db, wanted);
  if (change.name !== undefined) refuseTakenName(db, change.name, before);
  const items = change.query && before.query === null ? countItems(db, before.id) : 0;
  if (items > 0) {
    throw new SdError('CONFLICT', `"${before.name}" has ${items} items; a smart collection has what its query finds`, {
      way_out: 'make a new collection for the query, or take the items out first',
    });
  }
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { before, after: { ...before, ...given } };
}
