import type { CollectionRow } from '../db/library/collections.ts';
import type { CollectionView } from '../domain/collection.ts';
import { uuidToText } from '../domain/ids.ts';

export function collectionView(row: CollectionRow): CollectionView {
  return {
    id: uuidToText(row.uuid),
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    ...(row.color === null ? {} : { color: row.color }),
    ...(row.icon === null ? {} : { icon: row.icon }),
    ...(row.query === null ? {} : { query: row.query }),
    created_at: row.created_at,
  };
}
