import { z } from 'zod';
import { moveItems } from '../../collections/changing-items.ts';
import { collectionView } from '../../collections/collection-view.ts';
import { findCollection, refuseSmart } from '../../collections/find-collection.ts';
import { itemIdOf, itemKeyOf } from '../../collections/item-keys.ts';
import { findItem } from '../../db/library/collection-items.ts';
import {
  collectionSchema,
  collectionSelector,
  itemIdSchema,
  itemsInput,
  placeSchema,
} from '../../domain/collection.ts';
import { several } from '../../domain/for-people.ts';
import { fingerprintOf } from '../../domain/page.ts';
import { action, observed } from '../../operation.ts';
import { resolveItems } from '../collection-targets.ts';

export const reorderCollection = action({
  summary: 'Brings items of a collection, in the order they are named, to a place in it.',
  name: 'collections.reorder',
  scope: 'library',
  input: z
    .object({ collection: collectionSelector, ...itemsInput, place: placeSchema })
    .refine(({ items, targets }) => items !== undefined || targets !== undefined, 'name items or targets'),
  output: z.object({
    collection: collectionSchema,
    moved: z.int(),
    first: itemIdSchema.optional().describe('of those that were moved'),
    last: itemIdSchema.optional(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview({ library, inReader }, input) {
    const row = findCollection(library.db, input.collection);
    refuseSmart(row);
    const { items, place } = await inReader(resolveItems, input);
    const where = typeof place === 'string' ? `the ${place}` : `${place.side} ${itemIdOf(place.item)}`;
    return {
      plan: {
        summary: `Move ${several(items.length, 'item')} of "${row.name}" to ${where}.`,
        steps: items.length > 0 ? [{ what: 'move', target: several(items.length, 'item'), detail: where }] : [],
        conflicts: [],
        warnings: [],
      },
      basis: { collection: collectionView(row).id, items: fingerprintOf(items.map(itemIdOf)), where },
    };
  },

  async commit({ library, inReader }, input) {
    const row = findCollection(library.db, input.collection);
    refuseSmart(row);
    const { items, place } = await inReader(resolveItems, input);
    const { moved } = await library.writeInThread(moveItems, { collection: row.id, items, place });
    const [first, last] = [items[0], items.at(-1)];
    return {
      collection: collectionView(row),
      moved,
      ...(first && last ? { first: itemIdOf(first), last: itemIdOf(last) } : {}),
    };
  },

  verify({ library }, _input, { collection, first, last }) {
    const { id } = findCollection(library.db, collection.id);
    const position = (item: string | undefined): string | undefined => {
      const key = item === undefined ? undefined : itemKeyOf(item);
      return key && findItem(library.db, id, key.scope, key.id)?.position;
    };
    const [from, to] = [position(first), position(last)];
    return observed(['in order', true, first === undefined || (from !== undefined && to !== undefined && from <= to)]);
  },
});
