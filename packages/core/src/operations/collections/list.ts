import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import type { ReaderContext } from '../../context.ts';
import { countItems, itemsOf } from '../../db/library/collection-items.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { type CollectionRow, listCollections as allCollections } from '../../db/library/collections.ts';
import { collectionSchema } from '../../domain/collection.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { withoutPrivate } from '../collection-items.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';
import { foundEntries } from '../searching.ts';

/** What a smart collection is counted up to: past it nobody reads the digits. */
const MOST_COUNTED = 10_000;
/** Milliseconds for all counts together; those that are left then are not counted this time. */
const COUNTING_MS = 1_000;

export const listCollections = query({
  summary: 'The collections, by name, with what is in them now.',
  name: 'collections.list',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    counts: z.boolean().default(true).describe('also what smart ones find now'),
    private: alsoPrivate.describe('count also what people said to hide or gave a privacy tag'),
  }),
  output: z.object({
    collections: z.array(
      collectionSchema.extend({
        count: z
          .int()
          .optional()
          .describe(`items; of a smart one what its query finds now, absent where that took too long`),
        private_left_out: privateLeftOut.describe('so many items more count for who asks for private ones'),
        more: z.literal(true).optional().describe('a smart one finds more than that'),
        problem: z.string().optional().describe('why its query cannot be answered'),
      }),
    ),
  }),
  errors: [],
  permissions: ['library.read'],

  run(context, { counts, private: all }) {
    const { db } = context.library;
    const hidden = all ? undefined : new PrivateEntries(db);
    const deadline = context.clock.monotonic() + COUNTING_MS;
    return {
      collections: allCollections(db).map((row) => {
        context.checkCancelled();
        const view = collectionView(row);
        if (row.query === null) return { ...view, ...counted(db, row.id, hidden) };
        return counts && context.clock.monotonic() < deadline
          ? { ...view, ...found(context, { query: row.query, private: all }, deadline) }
          : view;
      }),
    };
  },
});

function counted(
  db: ReadConnection,
  collection: number,
  hidden: PrivateEntries | undefined,
): { count: number; private_left_out?: number } {
  const all = countItems(db, collection);
  if (!hidden || hidden.isEmpty) return { count: all };
  const count = withoutPrivate(itemsOf(db, collection), db, hidden).length;
  return { count, ...leftOut(all - count) };
}

class OutOfTime extends Error {}

/** Stops where the time is up. */
function found(
  context: ReaderContext<'library'>,
  search: { readonly query: NonNullable<CollectionRow['query']>; readonly private: boolean },
  deadline: number,
): { count?: number; more?: true; problem?: string } {
  const checkCancelled = (): void => {
    context.checkCancelled();
    if (context.clock.monotonic() > deadline) throw new OutOfTime();
  };
  try {
    const { ids, more } = foundEntries({ ...context, checkCancelled }, search, MOST_COUNTED);
    return { count: ids.length, ...(more ? { more } : {}) };
  } catch (error) {
    if (error instanceof OutOfTime) return {};
    if (error instanceof SdError && error.code !== 'CANCELLED') return { problem: error.message };
    throw error;
  }
}
