import { z } from 'zod';
import { addItems } from '../../collections/changing-items.ts';
import { collectionView } from '../../collections/collection-view.ts';
import { findCollection, refuseSmart } from '../../collections/find-collection.ts';
import { itemKeysOf } from '../../collections/item-keys.ts';
import type { ReaderContext } from '../../context.ts';
import { countItems, findItem } from '../../db/library/collection-items.ts';
import { collectionSchema, collectionSelector, placeSchema } from '../../domain/collection.ts';
import { several } from '../../domain/for-people.ts';
import { targetsSchema } from '../../domain/targets.ts';
import { action, observed } from '../../operation.ts';
import { resolveItems } from '../collection-targets.ts';
import { resolveTargets } from '../resolve-targets.ts';

export const addToCollection = action({
  summary: 'Puts files, folders and contents into a collection. What is in it already stays where it is.',
  name: 'collections.add',
  scope: 'library',
  input: z.object({
    collection: collectionSelector,
    targets: targetsSchema.describe('a file named by its content is in the collection as that, whatever file has it'),
    place: placeSchema.default('end'),
  }),
  output: z.object({
    collection: collectionSchema,
    added: z.int(),
    already: z.int().describe('were in it before'),
    count: z.int().describe('items in it now'),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview({ library, inReader }, { collection: wanted, targets }) {
    const row = findCollection(library.db, wanted);
    refuseSmart(row);
    const resolved = await inReader(resolveTargets, targets);
    const { items, already } = sorted(library, row.id, resolved);
    return {
      plan: {
        summary: `Add ${several(items.length - already, 'item')} to the collection "${row.name}".`,
        steps:
          items.length > already
            ? [
                {
                  what: 'add',
                  target: several(items.length - already, 'item'),
                  ...(already > 0 ? { detail: `${already} are in it already` } : {}),
                },
              ]
            : [],
        conflicts: [],
        warnings: [],
      },
      basis: { collection: collectionView(row).id, targets: resolved.digest, already },
    };
  },

  async commit({ library, inReader }, { collection: wanted, targets, place }) {
    const row = findCollection(library.db, wanted);
    refuseSmart(row);
    const items = itemKeysOf(await inReader(resolveTargets, targets));
    const at = (await inReader(resolveItems, { collection: wanted, place })).place;
    const { added } = await library.writeInThread(addItems, { collection: row.id, items, place: at });
    return {
      collection: collectionView(row),
      added,
      already: items.length - added,
      count: countItems(library.db, row.id),
    };
  },

  async verify({ library, inReader }, { collection: wanted, targets }) {
    const resolved = await inReader(resolveTargets, targets);
    const { items, already } = sorted(library, findCollection(library.db, wanted).id, resolved);
    return observed(['in the collection', items.length, already]);
  },
});

function sorted(
  { db }: ReaderContext<'library'>['library'],
  collection: number,
  resolved: Parameters<typeof itemKeysOf>[0],
) {
  const items = itemKeysOf(resolved);
  const already = items.filter(({ scope, id }) => findItem(db, collection, scope, id) !== undefined).length;
  return { items, already };
}
