import type { ReadConnection } from '../../platform.ts';
import { uuidToText } from '../../domain/ids.ts';
import { targetKey } from './target-key.ts';
import type { UserTable } from './user-rows.ts';

/** A row of `collection_items`: an entry (`scope` 0) or a content (`scope` 1) at its place in a collection. */
export interface CollectionItemRow {
  readonly collection_id: number;
  readonly scope: 0 | 1;
  /** Id of `entries` or `contents`, which need not have it any more. */
  readonly target_id: number;
  /** A fractional index: sorts as text, byte by byte. */
  readonly position: string;
  /** What it was called when it was added. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly added_at: number;
}

export const COLLECTION_ITEMS: UserTable = {
  name: 'collection_items',
  key: ['collection_id', 'scope', 'target_id'],
  columns: ['collection_id', 'scope', 'target_id', 'position', 'label', 'added_at'],
  logKey: (db, { collection_id: collection, scope, target_id: target }) =>
    `${uuidOf(db, Number(collection))} ${targetKey(db, Number(scope), Number(target))}`,
};

function uuidOf(db: ReadConnection, id: number): string {
  const row = db.prepare<{ uuid: Uint8Array }>('SELECT uuid FROM collections WHERE id = ?').get(id);
  // Whoever deletes a collection deletes its items first, and undoing it brings the collection back first.
  if (!row) throw new Error(`an item of collection ${id}, which is gone`);
  return uuidToText(row.uuid);
}
