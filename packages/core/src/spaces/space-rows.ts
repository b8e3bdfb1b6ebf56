import { freshId } from '../db/library/fresh-id.ts';
import { freshPositions } from '../db/library/positions.ts';
import {
  SPACES,
  SPACE_GROUPS,
  SPACE_ITEMS,
  type SpaceGroupRow,
  type SpaceItemRow,
  type SpaceRow,
  groupsOfSpace,
  itemsOfSpace,
  listSpaces,
} from '../db/library/spaces.ts';
import { deleteUserRow, putUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { IdSource } from '../domain/ids.ts';
import { DEFAULT_SPACE, DEFAULT_SPACE_NAME } from '../domain/space.ts';
import { positionsAmong } from './among.ts';
import { findSpace, refuseTakenSpace } from './find-space.ts';

/** What new rows are stamped with. */
export interface Stamp {
  readonly ids: Pick<IdSource, 'bytes'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Draft<Row> = Omit<Row, 'id' | 'uuid'>;

/** Makes a space after the others, with the groups every space begins with. Throws `ALREADY_EXISTS`. */
export function createSpace(
  tx: WriteTransaction,
  draft: { readonly name: string; readonly color?: string | undefined; readonly icon?: string | undefined },
  stamp: Stamp,
): SpaceRow {
  refuseTakenSpace(tx, draft.name);
  const [position = ''] = positionsAmong(listSpaces(tx), 'end');
  const { name, color = null, icon = null } = draft;
  const id = freshId(tx, SPACES.name, stamp.now);
  const space = { id, uuid: stamp.ids.bytes(), name, color, icon, position, created_at: stamp.now };
  putUserRow(tx, SPACES, space);
  const positions = freshPositions(DEFAULT_SPACE.length);
  DEFAULT_SPACE.forEach(({ kind, name: called, items }, at) => {
    const group = putGroup(
      tx,
      { space_id: id, name: called, kind, collapsed: 0, position: positions[at] ?? '' },
      stamp,
    );
    const places = freshPositions(items.length);
    items.forEach((item, place) =>
      putItem(
        tx,
        { space_id: id, group_id: group.id, kind: item, target: null, label: null, position: places[place] ?? '' },
        stamp,
      ),
    );
  });
  return space;
}

/** The space that is meant; where nobody has made any, the one that is shown meanwhile is made. */
export function spaceToChange(tx: WriteTransaction, wanted: string | undefined, stamp: Stamp): SpaceRow {
  return findSpace(tx, wanted) ?? createSpace(tx, { name: DEFAULT_SPACE_NAME }, stamp);
}

export function putGroup(tx: WriteTransaction, draft: Draft<SpaceGroupRow>, stamp: Stamp): SpaceGroupRow {
  const row = { id: freshId(tx, SPACE_GROUPS.name, stamp.now), uuid: stamp.ids.bytes(), ...draft };
  putUserRow(tx, SPACE_GROUPS, row);
  return row;
}

export function putItem(tx: WriteTransaction, draft: Draft<SpaceItemRow>, stamp: Stamp): SpaceItemRow {
  const row = { id: freshId(tx, SPACE_ITEMS.name, stamp.now), uuid: stamp.ids.bytes(), ...draft };
  putUserRow(tx, SPACE_ITEMS, row);
  return row;
}

/** With all that is in it. */
export function deleteSpace(tx: WriteTransaction, { id }: SpaceRow): void {
  for (const item of itemsOfSpace(tx, id)) deleteUserRow(tx, SPACE_ITEMS, { id: item.id });
  for (const group of groupsOfSpace(tx, id)) deleteUserRow(tx, SPACE_GROUPS, { id: group.id });
  deleteUserRow(tx, SPACES, { id });
}

/** With its items; answers how many there were. */
export function deleteGroup(tx: WriteTransaction, { id, space_id: space }: SpaceGroupRow): number {
  const items = itemsIn(tx, space, id);
  for (const item of items) deleteUserRow(tx, SPACE_ITEMS, { id: item.id });
  deleteUserRow(tx, SPACE_GROUPS, { id });
  return items.length;
}

/** The items of a group in their order; with `null`, those above all groups. */
export function itemsIn(db: Parameters<typeof itemsOfSpace>[0], space: number, group: number | null): SpaceItemRow[] {
  return itemsOfSpace(db, space).filter(({ group_id }) => group_id === group);
}
