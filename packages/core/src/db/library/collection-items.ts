import { uuidToText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { prepareTargetKeys, targetKey } from './target-key.ts';
import type { UserTable } from './user-rows.ts';

/** A row of `collection_items`: an entry (`scope` 0) or a content (`scope` 1) at its place in a collection. */
export interface CollectionItemRow {
  readonly collection_id: number;
  readonly scope: number;
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
  prepareKeys: prepareTargetKeys,
  describe: (_db, row) => `"${String(row['label'])}" in a collection`,
  objection(db, row, there) {
    const query = there ? QUERY.of(db, Number(row['collection_id'])) : null;
    return query === null ? undefined : query === undefined ? 'its collection is gone' : 'it is a smart one meanwhile';
  },
};

const QUERY = {
  /** `undefined`: no such collection. */
  of(db: ReadConnection, collection: number): string | null | undefined {
    return db.prepare<{ query: string | null }>('SELECT query FROM collections WHERE id = ?').get(collection)?.query;
  },
};

function uuidOf(db: ReadConnection, id: number): string {
  const row = db.prepare<{ uuid: Uint8Array }>('SELECT uuid FROM collections WHERE id = ?').get(id);
  // Whoever deletes a collection deletes its items first, and undoing it brings the collection back first.
  if (!row) throw new Error(`an item of collection ${id}, which is gone`);
  return uuidToText(row.uuid);
}

const SELECT = 'SELECT collection_id, scope, target_id, position, label, added_at FROM collection_items';

/** Where a page begins: after the item with these values. */
export type ItemCursor = readonly [position: string, scope: number, target: number];
const FIRST: ItemCursor = ['', -1, -1];

/** In their order. */
export function itemsOf(
  db: ReadConnection,
  collection: number,
  page: { after?: ItemCursor | undefined; limit?: number } = {},
): CollectionItemRow[] {
  return db
    .prepare<CollectionItemRow>(
      `${SELECT} WHERE collection_id = ? AND (position, scope, target_id) > (?, ?, ?)
       ORDER BY position, scope, target_id LIMIT ?`,
    )
    .all(collection, ...(page.after ?? FIRST), page.limit ?? -1);
}

export function countItems(db: ReadConnection, collection: number): number {
  const sql = 'SELECT count(*) AS n FROM collection_items WHERE collection_id = ?';
  return db.prepare<{ n: number }>(sql).get(collection)?.n ?? 0;
}

export function findItem(
  db: ReadConnection,
  collection: number,
  scope: number,
  target: number,
): CollectionItemRow | undefined {
  return db
    .prepare<CollectionItemRow>(`${SELECT} WHERE collection_id = ? AND scope = ? AND target_id = ?`)
    .get(collection, scope, target);
}

/** The position nearest before (or after) that one, of items that stay; `null` where it is the first (last). */
export function neighborPosition(
  db: ReadConnection,
  collection: number,
  position: string,
  side: 'before' | 'after',
): string | null {
  const sql =
    side === 'before'
      ? 'SELECT max(position) AS position FROM collection_items WHERE collection_id = ? AND position < ?'
      : 'SELECT min(position) AS position FROM collection_items WHERE collection_id = ? AND position > ?';
  return db.prepare<{ position: string | null }>(sql).get(collection, position)?.position ?? null;
}

export function outermostPosition(db: ReadConnection, collection: number, side: 'first' | 'last'): string | null {
  const sql = `SELECT ${side === 'first' ? 'min' : 'max'}(position) AS position FROM collection_items WHERE collection_id = ?`;
  return db.prepare<{ position: string | null }>(sql).get(collection)?.position ?? null;
}
