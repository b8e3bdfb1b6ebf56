import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import { findCollection } from '../../collections/find-collection.ts';
import type { ReaderContext } from '../../context.ts';
import { type CollectionItemRow, type ItemCursor, itemsOf } from '../../db/library/collection-items.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
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
import { itemViews, withoutPrivate } from '../collection-items.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';
import { searchFiles } from '../search/files.ts';

const cursorSchema = z.tuple([z.string().max(4096), z.int(), z.int()]);

export const getCollection = query({
  summary:
    'What is in a collection, in its order, also what is in the trash, offline or gone; of a smart one what it finds.',
  name: 'collections.get',
  scope: 'library',
  thread: 'reader',
  input: z.object({ collection: collectionSelector, private: alsoPrivate, ...pageInput }),
  output: z.object({
    collection: collectionSchema,
    items: z.array(collectionItemSchema),
    total: z.object({ count: z.int(), more: z.boolean().describe('there are more than that') }),
    private_left_out: privateLeftOut,
    next_cursor: z.string().optional(),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],

  run(context, { collection, limit, cursor, private: all }) {
    const row = findCollection(context.library.db, collection);
    return row.query === null
      ? listed(context, row, { limit, cursor, all })
      : found(context, row, { query: row.query, private: all, limit, ...(cursor === undefined ? {} : { cursor }) });
  },
});

type Context = ReaderContext<'library'>;

function listed(
  context: Context,
  row: CollectionRow,
  { limit, cursor, all }: { limit: number; cursor: string | undefined; all: boolean },
) {
  const { db } = context.library;
  const view = collectionView(row);
  const fingerprint = fingerprintOf([view.id, all]);
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
  if (cursor !== undefined && !after)
    throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
  const inIt = itemsOf(db, row.id);
  const hidden = all ? undefined : new PrivateEntries(db);
  const shown = hidden ? withoutPrivate(inIt, db, hidden) : inIt;
  const rest = after ? shown.filter((item) => isAfter(item, after)) : shown;
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return {
    collection: view,
    items: itemViews(items, context, hidden),
    total: { count: shown.length, more: false },
    ...leftOut(inIt.length - shown.length),
    ...(last ? { next_cursor: encodeCursor(fingerprint, [last.position, last.scope, last.target_id]) } : {}),
  };
}

function isAfter({ position, scope, target_id: target }: CollectionItemRow, after: ItemCursor): boolean {
  const [place, afterScope, afterTarget] = after;
  if (position !== place) return position > place;
  return scope === afterScope ? target > afterTarget : scope > afterScope;
}

/** The answer of the search, as items. */
async function found(
  context: Context,
  row: CollectionRow,
  input: { query: string; private: boolean; limit: number; cursor?: string },
) {
  const { entries, total, next_cursor } = await searchFiles.run(context, searchFiles.input.parse(input));
  const items = entries.map((entry): CollectionItem => ({
    label: entry.name,
    state: entry.offline ? 'offline' : 'here',
    entry,
  }));
  return { collection: collectionView(row), items, total, ...(next_cursor === undefined ? {} : { next_cursor }) };
}
