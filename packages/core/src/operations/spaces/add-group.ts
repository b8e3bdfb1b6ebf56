import { z } from 'zod';
import { groupsOfSpace } from '../../db/library/spaces.ts';
import { SPACE_GROUP_KINDS, amongSchema, spaceNameSchema, spaceSelector } from '../../domain/space.ts';
import { positionsAmong } from '../../spaces/among.ts';
import { findSpace } from '../../spaces/find-space.ts';
import { putGroup, spaceToChange } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

export const addSpaceGroup = spaceAction({
  summary:
    'Adds a group to a space: one that people fill, or one that shows all devices, locations, volumes, tags or collections.',
  name: 'spaces.add_group',
  input: z.object({
    space: spaceSelector.optional(),
    name: spaceNameSchema,
    kind: z.enum(SPACE_GROUP_KINDS).default('custom'),
    place: amongSchema.default('end'),
  }),

  plan(db, { space, name, kind, place }) {
    const row = findSpace(db, space);
    if (row) positionsAmong(groupsOfSpace(db, row.id), place);
    return { summary: `Add the group "${name}".`, steps: [{ what: 'add group', target: name, detail: kind }] };
  },

  change(tx, { space, name, kind, place }, stamp) {
    const { id } = spaceToChange(tx, space, stamp);
    const [position = ''] = positionsAmong(groupsOfSpace(tx, id), place);
    const row = putGroup(tx, { space_id: id, name, kind, collapsed: 0, position }, stamp);
    return { done: `Added the group "${name}"`, changed: [{ what: 'group', row, there: true }] };
  },
});
