import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import { createCollection as writeCollection } from '../../collections/collection-rows.ts';
import { refuseTakenName } from '../../collections/find-collection.ts';
import { collectionByUuid } from '../../db/library/collections.ts';
import {
  collectionFields,
  collectionNameSchema,
  collectionQuerySchema,
  collectionSchema,
} from '../../domain/collection.ts';
import { idSource } from '../../domain/ids.ts';
import { action, observed } from '../../operation.ts';
import { checkQuery } from '../check-query.ts';

export const createCollection = action({
  summary: 'Makes a collection, or with a query a smart one.',
  name: 'collections.create',
  scope: 'library',
  input: z.object({
    name: collectionNameSchema.describe('no other collection has it, case and accents aside'),
    ...z.object(collectionFields).partial().shape,
    query: collectionQuerySchema.optional(),
  }),
  output: z.object({ collection: collectionSchema }),
  errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  async preview({ library, inReader }, { name, query }) {
    refuseTakenName(library.db, name);
    if (query !== undefined) await inReader(checkQuery, { query });
    const what = query === undefined ? 'collection' : 'smart collection';
    return {
      plan: {
        summary: `Make the ${what} "${name}".`,
        steps: [{ what: 'create', target: name, ...(query === undefined ? {} : { detail: query }) }],
        conflicts: [],
        warnings: [],
      },
      basis: { name },
    };
  },

  async commit({ library, inReader, clock, random }, draft) {
    if (draft.query !== undefined) await inReader(checkQuery, { query: draft.query });
    const uuid = idSource(clock, random).bytes();
    return library.write((tx) => {
      const collection = collectionView(writeCollection(tx, draft, uuid, clock.now()));
      tx.summary(`Made the collection "${collection.name}"`);
      tx.target(collection.name);
      tx.emit({ resource: 'collection', change: 'created', ids: [collection.id] });
      return { collection };
    });
  },

  verify({ library }, _input, { collection }) {
    const row = collectionByUuid(library.db, collection.id);
    return observed(['name', collection.name, row?.name], ['query', collection.query, row?.query ?? undefined]);
  },
});
