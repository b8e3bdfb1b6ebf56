import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { theGroup } from '../../spaces/find-space.ts';
import { deleteGroup, itemsIn } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

export const deleteSpaceGroup = spaceAction({
  summary: 'Takes a group away, with its items. What they lead to stays.',
  name: 'spaces.delete_group',
  input: z.object({ group: uuidSchema }),

  plan(db, { group }) {
    const row = theGroup(db, group);
    const items = itemsIn(db, row.space_id, row.id).length;
    return {
      summary: `Delete the group "${row.name}".`,
      steps: [{ what: 'delete', target: row.name, ...(items > 0 ? { detail: `${items} items in it` } : {}) }],
    };
  },

  change(tx, { group }) {
    const row = theGroup(tx, group);
    deleteGroup(tx, row);
    return { done: `Deleted the group "${row.name}"`, changed: [{ what: 'group', row, there: false }] };
  },
});
