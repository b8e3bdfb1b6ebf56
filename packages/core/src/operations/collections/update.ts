import { z } from 'zod';
import { collectionView } from '../../collections/collection-view.ts';
import { changedCollection, updateCollection as writeCollection } from '../../collections/collection-rows.ts';
import { collectionByUuid } from '../../db/library/collections.ts';
import {
  collectionFields,
  collectionNameSchema,
  collectionQuerySchema,
  collectionSchema,
  collectionSelector,
} from '../../domain/collection.ts';
import { action, observed } from '../../operation.ts';
import { checkQuery } from '../check-query.ts';

export const updateCollection = action({
  summary: 'Changes the name, the look or the query of a collection.',
  name: 'collections.update',
  scope: 'library',
  input: z.object({
    collection: collectionSelector,
    name: collectionNameSchema.optional(),
    description: collectionFields.description.nullish().describe('null takes it away'),
    color: collectionFields.color.nullish(),
    icon: collectionFields.icon.nullish(),
    query: collectionQuerySchema
      .nullish()
      .describe('makes an empty collection a smart one; null makes a smart one an empty collection'),
  }),
  output: z.object({ collection: collectionSchema }),
  errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  async preview({ library, inReader }, { collection, ...change }) {
    if (change.query) await inReader(checkQuery, { query: change.query, collection });
    const { before, after } = changedCollection(library.db, collection, change);
    const fields = (['name', 'description', 'color', 'icon', 'query'] as const).filter(
      (field) => before[field] !== after[field],
    );
    return {
      plan: {
        summary:
          fields.length > 0 ? `Change the collection "${before.name}".` : `"${before.name}" is like that already.`,
        steps: fields.map((field) => ({
          what: `change ${field}`,
          target: before[field] ?? 'none',
          detail: after[field] ?? 'none',
        })),
        conflicts: [],
        warnings: [],
      },
      basis: { collection: collectionView(before) },
    };
  },

  async commit({ library, inReader }, { collection: wanted, ...change }) {
    if (change.query) await inReader(checkQuery, { query: change.query, collection: wanted });
    return library.write((tx) => {
      const collection = collectionView(writeCollection(tx, wanted, change));
      tx.summary(`Changed the collection "${collection.name}"`);
      tx.target(collection.name);
      tx.emit({ resource: 'collection', change: 'updated', ids: [collection.id] });
      return { collection };
    });
  },

  verify({ library }, _input, { collection }) {
    const row = collectionByUuid(library.db, collection.id);
    const now = row && collectionView(row);
    return observed(['collection', JSON.stringify(collection), JSON.stringify(now)]);
  },
});
