import { z } from 'zod';
import { SPACE_ITEMS } from '../../db/library/spaces.ts';
import { putUserRow } from '../../db/library/user-rows.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { amongSchema, holdsItems } from '../../domain/space.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { positionsAmong } from '../../spaces/among.ts';
import { theGroup, theSpaceItem } from '../../spaces/find-space.ts';
import { itemsIn } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';

const input = z.object({
  items: z.array(uuidSchema).min(1).max(1000).describe('of one space; they come there in this order'),
  group: uuidSchema
    .nullish()
    .describe('another group of their space; null: above all groups; absent: that of the first'),
  place: amongSchema,
});

export const reorderSpaceItems = spaceAction({
  summary: 'Brings items of a space to a place in their group or in another one.',
  name: 'spaces.reorder_items',
  input,
  errors: ['CONFLICT'],

  plan(db, asked) {
    const { rows } = looked(db, asked);
    return {
      summary: rows.length === 1 ? 'Move an item of a space.' : `Move ${rows.length} items of a space.`,
      steps: rows.map(({ row }) => ({ what: 'move', target: row.label ?? row.kind })),
    };
  },

  change(tx, asked) {
    const { rows, group } = looked(tx, asked);
    const moved = rows.map(({ row, position }) => ({ ...row, group_id: group, position }));
    for (const row of moved) putUserRow(tx, SPACE_ITEMS, row);
    return {
      done: moved.length === 1 ? 'Moved an item of a space' : `Moved ${moved.length} items of a space`,
      changed: moved.map((row) => ({ what: 'item' as const, row, there: true })),
    };
  },
});

function looked(db: ReadConnection, { items, group: wanted, place }: z.output<typeof input>) {
  const unique = [...new Set(items)];
  const rows = unique.map((item) => theSpaceItem(db, item));
  const [first] = rows;
  if (!first) throw new SdError('INVALID_INPUT', 'name items');
  const group = wanted === undefined ? first.group_id : wanted === null ? null : groupIn(db, wanted, first.space_id);
  if (rows.some(({ space_id: space }) => space !== first.space_id))
    throw new SdError('CONFLICT', 'the items are in several spaces');
  const positions = positionsAmong(itemsIn(db, first.space_id, group), place, rows.length, new Set(unique));
  return { group, rows: rows.map((row, at) => ({ row, position: positions[at] ?? row.position })) };
}

function groupIn(db: ReadConnection, id: string, space: number): number {
  const group = theGroup(db, id);
  if (group.space_id !== space) throw new SdError('CONFLICT', `the group "${group.name}" is in another space`);
  if (!holdsItems(group.kind))
    throw new SdError('CONFLICT', `the group "${group.name}" shows all ${group.kind} by itself`);
  return group.id;
}
