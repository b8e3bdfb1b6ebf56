import { z } from 'zod';
import { SPACE_GROUPS, groupsOfSpace } from '../../db/library/spaces.ts';
import { putUserRow } from '../../db/library/user-rows.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { amongSchema, spaceNameSchema } from '../../domain/space.ts';
import { positionsAmong } from '../../spaces/among.ts';
import { theGroup } from '../../spaces/find-space.ts';
import { spaceAction } from '../space-action.ts';

export const updateSpaceGroup = spaceAction({
  summary: 'Changes the name of a group, folds it up or down, or brings it to another place in its space.',
  name: 'spaces.update_group',
  input: z.object({
    group: uuidSchema,
    name: spaceNameSchema.optional(),
    collapsed: z.boolean().optional(),
    place: amongSchema.optional(),
  }),

  plan(db, { group, name, place }) {
    const row = theGroup(db, group);
    if (place) positionsAmong(groupsOfSpace(db, row.space_id), place, 1, new Set([group]));
    return {
      summary: `Change the group "${row.name}".`,
      steps: [{ what: 'change', target: row.name, ...(name === undefined ? {} : { detail: name }) }],
    };
  },

  change(tx, { group, name, collapsed, place }) {
    const before = theGroup(tx, group);
    const [position = before.position] = place
      ? positionsAmong(groupsOfSpace(tx, before.space_id), place, 1, new Set([group]))
      : [];
    const row = {
      ...before,
      name: name ?? before.name,
      collapsed: collapsed === undefined ? before.collapsed : Number(collapsed),
      position,
    };
    putUserRow(tx, SPACE_GROUPS, row);
    return { done: `Changed the group "${row.name}"`, changed: [{ what: 'group', row, there: true }] };
  },
});
