import { z } from 'zod';
import { spaceSelector } from '../../domain/space.ts';
import { theSpace } from '../../spaces/find-space.ts';
import { deleteSpace as removeSpace } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

export const deleteSpace = spaceAction({
  summary: 'Takes a space away, with its groups and items. What they lead to stays.',
  name: 'spaces.delete',
  input: z.object({ space: spaceSelector }),

  plan(db, { space }) {
    const { name } = theSpace(db, space);
    return {
      summary: `Delete the space "${name}". What it leads to stays.`,
      steps: [{ what: 'delete', target: name }],
    };
  },

  change(tx, { space }) {
    const row = theSpace(tx, space);
    removeSpace(tx, row);
    return { done: `Deleted the space "${row.name}"`, changed: [{ what: 'space', row, there: false }] };
  },
});
