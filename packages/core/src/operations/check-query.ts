import { findCollection } from '../collections/find-collection.ts';
import { searchInputSchema } from '../domain/search-input.ts';
import type { ReaderTask } from '../operation.ts';
import { askedIn } from './searching.ts';

/** The query of a smart collection, before it is saved. */
export interface CheckedQuery {
  readonly query: string;
  /** Selector of the collection it is to be the query of; left out for a new one, which no query can name yet. */
  readonly collection?: string;
}

/** Throws what a search by the query would: `INVALID_INPUT`, `NOT_FOUND`, and `CONFLICT` where it leads to the collection itself. */
export const checkQuery: ReaderTask<CheckedQuery, null> = {
  name: 'collections.check_query',
  run(context, { query, collection }) {
    const within = collection === undefined ? [] : [findCollection(context.library.db, collection).id];
    askedIn(context, searchInputSchema.parse({ query }), within);
    return null;
  },
};
