import { z } from 'zod';
import type { Device } from '../../domain/device.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { SPACE_ITEM_KINDS, amongSchema, holdsItems, spaceSelector } from '../../domain/space.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { positionsAmong } from '../../spaces/among.ts';
import { findSpace, theGroup } from '../../spaces/find-space.ts';
import { itemsIn, putItem, spaceToChange } from '../../spaces/space-rows.ts';
import { spaceAction } from '../space-action.ts';
import { spaceTarget } from '../space-target.ts';

const input = z.object({
  space: spaceSelector.optional(),
  group: uuidSchema.optional().describe('one of quick_access or custom; without it the item comes above all groups'),
  kind: z.enum(SPACE_ITEM_KINDS),
  target: z
    .string()
    .min(1)
    .max(32_768)
    .optional()
    .describe('what the kind needs: a name or id, a path or address, a query'),
  place: amongSchema.default('end'),
});

export const addSpaceItem = spaceAction({
  summary: 'Pins something to a space: a location, volume, device, tag, collection, path or search.',
  name: 'spaces.add_item',
  input,
  errors: ['CONFLICT'],

  plan(db, asked, device) {
    const { label } = looked(db, asked, device);
    return { summary: `Add "${label}".`, steps: [{ what: 'add', target: label ?? asked.kind, detail: asked.kind }] };
  },

  change(tx, asked, stamp, device) {
    const { target, label, group } = looked(tx, asked, device);
    const space_id = group?.space_id ?? spaceToChange(tx, asked.space, stamp).id;
    const group_id = group?.id ?? null;
    const [position = ''] = positionsAmong(itemsIn(tx, space_id, group_id), asked.place);
    const row = putItem(tx, { space_id, group_id, kind: asked.kind, target, label, position }, stamp);
    return { done: `Added "${label}" to a space`, changed: [{ what: 'item', row, there: true }] };
  },
});

function looked(db: ReadConnection, asked: z.output<typeof input>, device: Device) {
  const space = findSpace(db, asked.space);
  const group = asked.group === undefined ? undefined : theGroup(db, asked.group);
  if (group && asked.space !== undefined && group.space_id !== space?.id)
    throw new SdError('CONFLICT', `the group "${group.name}" is in another space`);
  if (group && !holdsItems(group.kind))
    throw new SdError('CONFLICT', `the group "${group.name}" shows all ${group.kind} by itself`, {
      way_out: 'add the item to a group of the kind custom or quick_access',
    });
  return { ...spaceTarget(db, device, asked), group };
}
