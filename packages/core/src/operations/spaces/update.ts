import { z } from 'zod';
import { SPACES } from '../../db/library/spaces.ts';
import { putUserRow } from '../../db/library/user-rows.ts';
import { DEFAULT_SPACE_NAME, spaceFields, spaceNameSchema, spaceSelector } from '../../domain/space.ts';
import { findSpace, refuseTakenSpace } from '../../spaces/find-space.ts';
import { spaceToChange } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

export const updateSpace = spaceAction({
  summary: 'Changes the name or the look of a space.',
  name: 'spaces.update',
  input: z.object({
    space: spaceSelector.optional(),
    name: spaceNameSchema.optional(),
    color: spaceFields.color.nullish().describe('null takes it away'),
    icon: spaceFields.icon.nullish(),
  }),
  errors: ['ALREADY_EXISTS'],

  plan(db, { space, name }) {
    const row = findSpace(db, space);
    if (name !== undefined) refuseTakenSpace(db, name, row);
    const now = row?.name ?? DEFAULT_SPACE_NAME;
    return {
      summary: `Change the space "${now}".`,
      steps: [{ what: 'change', target: now, ...(name === undefined ? {} : { detail: name }) }],
    };
  },

  change(tx, { space, ...change }, stamp) {
    const before = spaceToChange(tx, space, stamp);
    if (change.name !== undefined) refuseTakenSpace(tx, change.name, before);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const row = { ...before, ...given };
    putUserRow(tx, SPACES, row);
    return { done: `Changed the space "${row.name}"`, changed: [{ what: 'space', row, there: true }] };
  },
});
