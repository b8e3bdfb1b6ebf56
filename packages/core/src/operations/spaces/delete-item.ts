import { z } from 'zod';
import { SPACE_ITEMS } from '../../db/library/spaces.ts';
import { deleteUserRow } from '../../db/library/user-rows.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { theSpaceItem } from '../../spaces/find-space.ts';
import { spaceAction } from '../space-action.ts';

export const deleteSpaceItem = spaceAction({
  summary: 'Takes an item out of a space. What it leads to stays.',
  name: 'spaces.delete_item',
  input: z.object({ item: uuidSchema }),

  plan(db, { item }) {
    const name = theSpaceItem(db, item).label ?? item;
    return { summary: `Take "${name}" out of its space.`, steps: [{ what: 'take out', target: name }] };
  },

  change(tx, { item }) {
    const row = theSpaceItem(tx, item);
    deleteUserRow(tx, SPACE_ITEMS, { id: row.id });
    return { done: `Took "${row.label ?? row.kind}" out of a space`, changed: [{ what: 'item', row, there: false }] };
  },
});
