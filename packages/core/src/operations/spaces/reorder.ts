import { z } from 'zod';
import { SPACES, listSpaces } from '../../db/library/spaces.ts';
import { putUserRow } from '../../db/library/user-rows.ts';
import { uuidToText } from '../../domain/ids.ts';
import { amongSchema, spaceSelector } from '../../domain/space.ts';
import { positionsAmong } from '../../spaces/among.ts';
import { theSpace } from '../../spaces/find-space.ts';
import { spaceAction } from '../space-action.ts';

export const reorderSpaces = spaceAction({
  summary: 'Brings a space to a place among the others.',
  name: 'spaces.reorder',
  input: z.object({ space: spaceSelector, place: amongSchema }),

  plan(db, { space, place }) {
    const row = theSpace(db, space);
    positionsAmong(listSpaces(db), place, 1, new Set([uuidToText(row.uuid)]));
    return { summary: `Move the space "${row.name}".`, steps: [{ what: 'move', target: row.name }] };
  },

  change(tx, { space, place }) {
    const before = theSpace(tx, space);
    const [position = ''] = positionsAmong(listSpaces(tx), place, 1, new Set([uuidToText(before.uuid)]));
    const row = { ...before, position };
    putUserRow(tx, SPACES, row);
    return { done: `Moved the space "${row.name}"`, changed: [{ what: 'space', row, there: true }] };
  },
});
