import { z } from 'zod';
import { deleteCollection as deleteInThread } from '../../collections/changing-items.ts';
import { findCollection } from '../../collections/find-collection.ts';
import { countItems } from '../../db/library/collection-items.ts';
import { collectionByUuid } from '../../db/library/collections.ts';
import { collectionSelector } from '../../domain/collection.ts';
import { several } from '../../domain/for-people.ts';
import { uuidSchema, uuidToText } from '../../domain/ids.ts';
import { action, observed } from '../../operation.ts';

export const deleteCollection = action({
  summary: 'Takes a collection away. The files in it stay where they are.',
  name: 'collections.delete',
  scope: 'library',
  input: z.object({ collection: collectionSelector }),
  output: z.object({ collection: uuidSchema, items: z.int().describe('that were in it') }),
  errors: ['NOT_FOUND', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library }, { collection: wanted }) {
    const row = findCollection(library.db, wanted);
    const items = countItems(library.db, row.id);
    return {
      plan: {
        summary: `Delete the collection "${row.name}". The files in it stay where they are.`,
        steps: [{ what: 'delete', target: row.name, detail: row.query ?? several(items, 'item') }],
        conflicts: [],
        warnings: [],
      },
      basis: { collection: uuidToText(row.uuid), items },
    };
  },

  async commit({ library }, { collection: wanted }) {
    const row = findCollection(library.db, wanted);
    const { items } = await library.writeInThread(deleteInThread, { collection: row.id });
    return { collection: uuidToText(row.uuid), items };
  },

  verify({ library }, _input, { collection }) {
    return observed(['in the library', false, collectionByUuid(library.db, collection) !== undefined]);
  },
});
