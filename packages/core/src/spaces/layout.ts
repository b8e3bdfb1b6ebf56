import { deviceKey, listDevices } from '../db/library/devices.ts';
import { listCollections } from '../db/library/collections.ts';
import { listLocations } from '../db/library/locations.ts';
import { type SpaceGroupRow, type SpaceItemRow, type SpaceRow, groupsOfSpace } from '../db/library/spaces.ts';
import { listVolumes } from '../db/library/volumes.ts';
import { uuidToText } from '../domain/ids.ts';
import {
  DEFAULT_SPACE,
  DEFAULT_SPACE_NAME,
  type SpaceGroupView,
  type SpaceItemKind,
  type SpaceItemView,
  type SpaceLayout,
  type SpaceView,
  holdsItems,
} from '../domain/space.ts';
import { itemsIn } from './space-rows.ts';
import { type Around, seenTarget } from './targets.ts';

/** Tags are many: a sidebar shows the first of them. */
const MOST_SHOWN = 200;

export function spaceView(row: SpaceRow): SpaceView {
  return {
    id: uuidToText(row.uuid),
    name: row.name,
    ...(row.color === null ? {} : { color: row.color }),
    ...(row.icon === null ? {} : { icon: row.icon }),
  };
}

/** All of a space, what it leads to by name; of none, what is shown until somebody makes one. */
export function layoutOf(space: SpaceRow | undefined, around: Around): SpaceLayout {
  if (!space) return defaultLayout(around);
  const { db } = around;
  return {
    ...spaceView(space),
    items: itemsIn(db, space.id, null).map((item) => itemView(item, around)),
    groups: groupsOfSpace(db, space.id).map((group) => groupView(group, around)),
  };
}

function defaultLayout(around: Around): SpaceLayout {
  const groups = DEFAULT_SPACE.map(({ kind, name, items }): SpaceGroupView => ({
    kind,
    name,
    collapsed: false,
    items: holdsItems(kind) ? items.map((item) => seen(item, null, null, around)) : allOf(kind, around),
  }));
  return { name: DEFAULT_SPACE_NAME, items: [], groups };
}

function groupView(group: SpaceGroupRow, around: Around): SpaceGroupView {
  const kind = group.kind as SpaceGroupView['kind'];
  return {
    id: uuidToText(group.uuid),
    kind,
    name: group.name,
    collapsed: group.collapsed === 1,
    items: holdsItems(kind)
      ? itemsIn(around.db, group.space_id, group.id).map((item) => itemView(item, around))
      : allOf(kind, around),
  };
}

function itemView(item: SpaceItemRow, around: Around): SpaceItemView {
  return { id: uuidToText(item.uuid), ...seen(item.kind as SpaceItemKind, item.target, item.label, around) };
}

function seen(kind: SpaceItemKind, target: string | null, label: string | null, around: Around): SpaceItemView {
  return { kind, ...(target === null ? {} : { target }), ...seenTarget(kind, target, label, around) };
}

/** What a group shows by itself. */
function allOf(kind: SpaceGroupView['kind'], around: Around): SpaceItemView[] {
  const { db, device } = around;
  const each = (item: SpaceItemKind, ids: readonly Uint8Array[]): SpaceItemView[] =>
    ids.slice(0, MOST_SHOWN).map((id) => seen(item, uuidToText(id), null, around));
  switch (kind) {
    case 'devices':
      return each(
        'device',
        listDevices(db).map(({ id }) => id),
      );
    case 'locations':
      return each(
        'location',
        listLocations(db).map(({ uuid }) => uuid),
      );
    case 'volumes':
      return each(
        'volume',
        listVolumes(db, deviceKey(device)).map(({ uuid }) => uuid),
      );
    case 'collections':
      return each(
        'collection',
        listCollections(db).map(({ uuid }) => uuid),
      );
    case 'tags':
      return each('tag', topTags(around));
    case 'quick_access':
    case 'custom':
      return [];
  }
}

/** Those that are below no other, by name. */
function topTags({ db }: Around): Uint8Array[] {
  return db
    .prepare<{ uuid: Uint8Array }>(
      `SELECT uuid FROM tags t WHERE NOT EXISTS (SELECT 1 FROM tag_links l WHERE l.tag_id = t.id AND l.kind = 'parent')
       ORDER BY folded, namespace LIMIT ${MOST_SHOWN}`,
    )
    .all()
    .map(({ uuid }) => uuid);
}
