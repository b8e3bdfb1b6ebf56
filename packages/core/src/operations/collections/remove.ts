import { z } from 'zod';
import { removeItems } from '../../collections/changing-items.ts';
import { collectionView } from '../../collections/collection-view.ts';
import { findCollection, refuseSmart } from '../../collections/find-collection.ts';
import { itemIdOf } from '../../collections/item-keys.ts';
import { countItems } from '../../db/library/collection-items.ts';
import { collectionSchema, collectionSelector, itemsInput } from '../../domain/collection.ts';
import { several } from '../../domain/for-people.ts';
import { fingerprintOf } from '../../domain/page.ts';
import { action, observed } from '../../operation.ts';
import { resolveItems } from '../collection-targets.ts';

export const removeFromCollection = action({
  summary: 'Takes files, folders and contents out of a collection. They stay where they are.',
  name: 'collections.remove',
  scope: 'library',
  input: z
    .object({ collection: collectionSelector, ...itemsInput })
    .refine(({ items, targets }) => items !== undefined || targets !== undefined, 'name items or targets'),
  output: z.object({ collection: collectionSchema, removed: z.int(), count: z.int().describe('items in it now') }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview({ library, inReader }, input) {
    const row = findCollection(library.db, input.collection);
    refuseSmart(row);
    const { items } = await inReader(resolveItems, input);
    return {
      plan: {
        summary: `Take ${several(items.length, 'item')} out of the collection "${row.name}". The files stay where they are.`,
        steps: items.length > 0 ? [{ what: 'take out', target: several(items.length, 'item') }] : [],
        conflicts: [],
        warnings: [],
      },
      basis: { collection: collectionView(row).id, items: fingerprintOf(items.map(itemIdOf)) },
    };
  },

  async commit({ library, inReader }, input) {
    const row = findCollection(library.db, input.collection);
    refuseSmart(row);
    const { items } = await inReader(resolveItems, input);
    const { removed } = await library.writeInThread(removeItems, { collection: row.id, items });
    return { collection: collectionView(row), removed, count: countItems(library.db, row.id) };
  },

  verify({ library }, _input, { collection, count }) {
    return observed(['items', count, countItems(library.db, findCollection(library.db, collection.id).id)]);
  },
});
