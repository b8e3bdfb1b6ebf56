import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import type { ReaderContext } from '../../context.ts';
import { countItems } from '../../db/library/collection-items.ts';
import { type CollectionRow, listCollections as allCollections } from '../../db/library/collections.ts';
import { collectionSchema } from '../../domain/collection.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';
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
  input: z.object({ counts: z.boolean().default(true).describe('also what smart ones find now') }),
  output: z.object({
    collections: z.array(
      collectionSchema.extend({
        count: z
          .int()
          .optional()
          .describe(`items; of a smart one what its query finds now, absent where that took too long`),
        more: z.literal(true).optional().describe('a smart one finds more than that'),
        problem: z.string().optional().describe('why its query cannot be answered'),
      }),
    ),
  }),
  errors: [],
  permissions: ['library.read'],

  run(context, { counts }) {
    const deadline = context.clock.monotonic() + COUNTING_MS;
    return {
      collections: allCollections(context.library.db).map((row) => {
        context.checkCancelled();
        const view = collectionView(row);
        if (row.query === null) return { ...view, count: countItems(context.library.db, row.id) };
        return counts && context.clock.monotonic() < deadline
          ? { ...view, ...found(context, row.query, deadline) }
          : view;
      }),
    };
  },
});

class OutOfTime extends Error {}

/** Stops where the time is up. */
function found(
  context: ReaderContext<'library'>,
  text: NonNullable<CollectionRow['query']>,
  deadline: number,
): { count?: number; more?: true; problem?: string } {
  const checkCancelled = (): void => {
    context.checkCancelled();
    if (context.clock.monotonic() > deadline) throw new OutOfTime();
  };
  try {
    const { ids, more } = foundEntries({ ...context, checkCancelled }, { query: text }, MOST_COUNTED);
    return { count: ids.length, ...(more ? { more } : {}) };
  } catch (error) {
    if (error instanceof OutOfTime) return {};
    if (error instanceof SdError && error.code !== 'CANCELLED') return { problem: error.message };
    throw error;
  }
}
