import { z } from 'zod';
import { spaceFields, spaceNameSchema } from '../../domain/space.ts';
import { refuseTakenSpace } from '../../spaces/find-space.ts';
import { createSpace as writeSpace } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

export const createSpace = spaceAction({
  summary: 'Makes a space, with the groups every space begins with.',
  name: 'spaces.create',
  input: z.object({
    name: spaceNameSchema.describe('no other space has it, case and accents aside'),
    ...z.object(spaceFields).partial().shape,
  }),
  errors: ['ALREADY_EXISTS'],

  plan(db, { name }) {
    refuseTakenSpace(db, name);
    return { summary: `Make the space "${name}".`, steps: [{ what: 'create', target: name }] };
  },

  change(tx, draft, stamp) {
    const row = writeSpace(tx, draft, stamp);
    return { done: `Made the space "${row.name}"`, changed: [{ what: 'space', row, there: true }] };
  },
});
