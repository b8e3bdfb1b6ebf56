import { fold } from '../../domain/fold.ts';
import { uuidFromText, uuidToText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { UserRow, UserTable } from './user-rows.ts';

/** A row of `spaces`: a sidebar. */
export interface SpaceRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly name: string;
  readonly color: string | null;
  readonly icon: string | null;
  /** A fractional index: sorts as text, byte by byte. */
  readonly position: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export interface SpaceGroupRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly space_id: number;
  readonly name: string;
  /** As in `SPACE_GROUP_KINDS`. */
  readonly kind: string;
  readonly collapsed: number;
  readonly position: string;
}

export interface SpaceItemRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly space_id: number;
  /** `null`: above all groups. */
  readonly group_id: number | null;
  /** As in `SPACE_ITEM_KINDS`. */
  readonly kind: string;
  /** What the kind needs: an id, an address, a query; `null` where it needs nothing. */
  readonly target: string | null;
  /** What it was called when it was added, where it has a target. */
  readonly label: string | null;
  readonly position: string;
}

export const SPACES: UserTable = {
  name: 'spaces',
  key: ['id'],
  columns: ['id', 'uuid', 'name', 'color', 'icon', 'position', 'created_at'],
  logKey: ownUuid,
  logFields: (_db, { id: _id, uuid: _uuid, ...fields }) => fields,
  describe: (_db, row) => `space "${String(row['name'])}"`,
  objection(db, row, there) {
    const id = Number(row['id']);
    if (there) {
      const folded = fold(String(row['name']));
      const twin = listSpaces(db).find((other) => other.id !== id && fold(other.name) === folded);
      return twin && `there is a space "${twin.name}" meanwhile`;
    }
    const more = [...groupsOfSpace(db, id), ...itemsOfSpace(db, id)];
    return more.length > 0 ? 'something was added to it meanwhile' : undefined;
  },
};

export const SPACE_GROUPS: UserTable = {
  name: 'space_groups',
  key: ['id'],
  columns: ['id', 'uuid', 'space_id', 'name', 'kind', 'collapsed', 'position'],
  logKey: ownUuid,
  logFields: (db, { id: _id, uuid: _uuid, space_id: space, ...fields }) => ({
    ...fields,
    space: uuidIn(db, 'spaces', space as number),
  }),
  describe: (_db, row) => `group "${String(row['name'])}" of a space`,
  objection(db, row, there) {
    if (there) return isIn(db, 'spaces', Number(row['space_id'])) ? undefined : 'its space is gone';
    const items = itemsOfSpace(db, Number(row['space_id'])).some(({ group_id: group }) => group === row['id']);
    return items ? 'something was added to it meanwhile' : undefined;
  },
};

export const SPACE_ITEMS: UserTable = {
  name: 'space_items',
  key: ['id'],
  columns: ['id', 'uuid', 'space_id', 'group_id', 'kind', 'target', 'label', 'position'],
  logKey: ownUuid,
  logFields: (db, { id: _id, uuid: _uuid, space_id: space, group_id: group, ...fields }) => ({
    ...fields,
    space: uuidIn(db, 'spaces', space as number),
    group: group === null ? null : uuidIn(db, 'space_groups', group as number),
  }),
  describe: (_db, row) => `"${String(row['label'] ?? row['kind'])}" in a space`,
  objection(db, row, there) {
    if (!there) return undefined;
    if (!isIn(db, 'spaces', Number(row['space_id']))) return 'its space is gone';
    const group = row['group_id'];
    return group === null || isIn(db, 'space_groups', Number(group)) ? undefined : 'its group is gone';
  },
};

/** In their order. */
export function listSpaces(db: ReadConnection): SpaceRow[] {
  return db.prepare<SpaceRow>('SELECT * FROM spaces ORDER BY position, id').all();
}

export function groupsOfSpace(db: ReadConnection, space: number): SpaceGroupRow[] {
  return db.prepare<SpaceGroupRow>('SELECT * FROM space_groups WHERE space_id = ? ORDER BY position, id').all(space);
}

/** Those of one group after the other, in their order. */
export function itemsOfSpace(db: ReadConnection, space: number): SpaceItemRow[] {
  const sql = 'SELECT * FROM space_items WHERE space_id = ? ORDER BY group_id, position, id';
  return db.prepare<SpaceItemRow>(sql).all(space);
}

/** By its UUID in text. */
export function spaceByUuid(db: ReadConnection, uuid: string): SpaceRow | undefined {
  return db.prepare<SpaceRow>('SELECT * FROM spaces WHERE uuid = ?').get(uuidFromText(uuid) ?? null);
}
export function spaceGroupByUuid(db: ReadConnection, uuid: string): SpaceGroupRow | undefined {
  return db.prepare<SpaceGroupRow>('SELECT * FROM space_groups WHERE uuid = ?').get(uuidFromText(uuid) ?? null);
}
export function spaceItemByUuid(db: ReadConnection, uuid: string): SpaceItemRow | undefined {
  return db.prepare<SpaceItemRow>('SELECT * FROM space_items WHERE uuid = ?').get(uuidFromText(uuid) ?? null);
}

function ownUuid(_db: ReadConnection, { uuid }: UserRow): Uint8Array {
  return uuid as Uint8Array;
}

function isIn(db: ReadConnection, table: 'spaces' | 'space_groups', id: number): boolean {
  return db.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
}

function uuidIn(db: ReadConnection, table: 'spaces' | 'space_groups', id: number): string {
  const row = db.prepare<{ uuid: Uint8Array }>(`SELECT uuid FROM ${table} WHERE id = ?`).get(id);
  if (!row) throw new Error(`no row ${id} in ${table}`);
  return uuidToText(row.uuid);
}
