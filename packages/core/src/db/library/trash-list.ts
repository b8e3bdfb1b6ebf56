import { nameOfStored } from '../../domain/entry.ts';
import { uuidFromText, uuidToText } from '../../domain/ids.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { storedName } from './root-entry.ts';

/** What an action of this device put into the trash. Paths are native ones. */
export interface TrashItem {
  readonly id: number;
  /** UUID, as text. */
  readonly uuid: string;
  readonly entry: number | undefined;
  /** Where it was. */
  readonly path: string;
  /** Where it lies now. */
  readonly place: string;
  readonly type: number;
  readonly size: number;
  readonly inode: number;
  readonly device: number;
  /** Of the folder it lies in. */
  readonly folderInode: number;
  /** Milliseconds since the epoch. */
  readonly trashedAt: number;
  readonly receipt: string | undefined;
}

interface Row {
  id: number;
  uuid: Uint8Array;
  entry_id: number | null;
  path: string | Uint8Array;
  place: string | Uint8Array;
  type: number;
  size: number;
  inode: number;
  device: number;
  folder_inode: number;
  trashed_at: number;
  receipt: string | null;
}

const SELECT =
  'SELECT id, uuid, entry_id, path, place, type, size, inode, device, folder_inode, trashed_at, receipt FROM trashed';

/** The newest first, those before the item `before`. */
export function listTrash(db: ReadConnection, { before, limit }: { before?: number; limit: number }): TrashItem[] {
  return db
    .prepare<Row>(`${SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, limit)
    .map(itemOf);
}

export function countTrash(db: ReadConnection): { items: number; bytes: number } {
  const sql = 'SELECT count(*) AS items, ifnull(sum(size), 0) AS bytes FROM trashed';
  return db.prepare<{ items: number; bytes: number }>(sql).get() ?? { items: 0, bytes: 0 };
}

export function trashItem(db: ReadConnection, uuid: string): TrashItem | undefined {
  const row = db.prepare<Row>(`${SELECT} WHERE uuid = ?`).get(uuidFromText(uuid) ?? null);
  return row && itemOf(row);
}

/** What was at a path and was put into the trash last. */
export function trashedFrom(db: ReadConnection, path: string): TrashItem | undefined {
  const row = db.prepare<Row>(`${SELECT} WHERE path = ? ORDER BY id DESC LIMIT 1`).get(storedName(path));
  return row && itemOf(row);
}

/** All that one action put into the trash, in that order. */
export function trashedBy(db: ReadConnection, receipt: string, limit: number): TrashItem[] {
  return db.prepare<Row>(`${SELECT} WHERE receipt = ? ORDER BY id LIMIT ?`).all(receipt, limit).map(itemOf);
}

function itemOf(row: Row): TrashItem {
  return {
    id: row.id,
    uuid: uuidToText(row.uuid),
    entry: row.entry_id ?? undefined,
    path: nameOfStored(row.path),
    place: nameOfStored(row.place),
    type: row.type,
    size: row.size,
    inode: row.inode,
    device: row.device,
    folderInode: row.folder_inode,
    trashedAt: row.trashed_at,
    receipt: row.receipt ?? undefined,
  };
}
