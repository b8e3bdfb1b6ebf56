import { fold } from '../../domain/fold.ts';
import { uuidFromText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { UserTable } from './user-rows.ts';

/** A row of `collections`. With a `query` it is a saved search and has no items. */
export interface CollectionRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly name: string;
  readonly description: string | null;
  readonly color: string | null;
  readonly icon: string | null;
  /** In the query language. */
  readonly query: string | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export const COLLECTIONS: UserTable = {
  name: 'collections',
  key: ['id'],
  columns: ['id', 'uuid', 'name', 'description', 'color', 'icon', 'query', 'created_at'],
  logKey: (_db, { uuid }) => uuid as Uint8Array,
  logFields: (_db, { id: _id, uuid: _uuid, ...fields }) => fields,
  describe: (_db, row) => `collection "${String(row['name'])}"`,
  objection(db, row, there) {
    const id = Number(row['id']);
    if (there) {
      const twin = collectionsNamed(db, String(row['name'])).find((other) => other.id !== id);
      return twin && `there is a collection "${twin.name}" meanwhile`;
    }
    const item = db.prepare('SELECT 1 FROM collection_items WHERE collection_id = ? LIMIT 1').get(id);
    return item && 'something was added to it meanwhile';
  },
};

const SELECT = 'SELECT id, uuid, name, description, color, icon, query, created_at FROM collections';

/** By name. */
export function listCollections(db: ReadConnection): CollectionRow[] {
  return db.prepare<CollectionRow>(`${SELECT} ORDER BY name COLLATE NOCASE, id`).all();
}

export function collectionById(db: ReadConnection, id: number): CollectionRow | undefined {
  return db.prepare<CollectionRow>(`${SELECT} WHERE id = ?`).get(id);
}

/** By its UUID in text. */
export function collectionByUuid(db: ReadConnection, uuid: string): CollectionRow | undefined {
  return db.prepare<CollectionRow>(`${SELECT} WHERE uuid = ?`).get(uuidFromText(uuid) ?? null);
}

/** Those of that name, case and accents aside: one, but where two devices each made one. */
export function collectionsNamed(db: ReadConnection, name: string): CollectionRow[] {
  const folded = fold(name.trim());
  return listCollections(db).filter((row) => fold(row.name) === folded);
}
