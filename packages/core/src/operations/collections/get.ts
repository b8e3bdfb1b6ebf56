import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import { findCollection } from '../../collections/find-collection.ts';
import type { ReaderContext } from '../../context.ts';
import { countItems, itemsOf } from '../../db/library/collection-items.ts';
import type { CollectionRow } from '../../db/library/collections.ts';
import {
  type CollectionItem,
  collectionItemSchema,
  collectionSchema,
  collectionSelector,
} from '../../domain/collection.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';
import { itemViews } from '../collection-items.ts';
import { searchFiles } from '../search/files.ts';

const cursorSchema = z.tuple([z.string().max(4096), z.int(), z.int()]);

export const getCollection = query({
  summary:
    'What is in a collection, in its order, also what is in the trash, offline or gone; of a smart one what it finds.',
  name: 'collections.get',
  scope: 'library',
  thread: 'reader',
  input: z.object({ collection: collectionSelector, ...pageInput }),
  output: z.object({
    collection: collectionSchema,
    items: z.array(collectionItemSchema),
    total: z.object({ count: z.int(), more: z.boolean().describe('there are more than that') }),
    next_cursor: z.string().optional(),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],

  run(context, { collection, limit, cursor }) {
    const row = findCollection(context.library.db, collection);
    return row.query === null
      ? listed(context, row, { limit, cursor })
      : found(context, row, { query: row.query, limit, ...(cursor === undefined ? {} : { cursor }) });
  },
});

type Context = ReaderContext<'library'>;

function listed(
  context: Context,
  row: CollectionRow,
  { limit, cursor }: { limit: number; cursor: string | undefined },
) {
  const { db } = context.library;
  const view = collectionView(row);
  const fingerprint = fingerprintOf(view.id);
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
  if (cursor !== undefined && !after)
    throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
  const items = itemsOf(db, row.id, { after, limit });
  const last = items.length === limit ? items.at(-1) : undefined;
  return {
    collection: view,
    items: itemViews(items, context),
    total: { count: countItems(db, row.id), more: false },
    ...(last ? { next_cursor: encodeCursor(fingerprint, [last.position, last.scope, last.target_id]) } : {}),
  };
}

/** The answer of the search, as items. */
async function found(context: Context, row: CollectionRow, input: { query: string; limit: number; cursor?: string }) {
  const { entries, total, next_cursor } = await searchFiles.run(context, searchFiles.input.parse(input));
  const items = entries.map((entry): CollectionItem => ({
    label: entry.name,
    state: entry.offline ? 'offline' : 'here',
    entry,
  }));
  return { collection: collectionView(row), items, total, ...(next_cursor === undefined ? {} : { next_cursor }) };
}
