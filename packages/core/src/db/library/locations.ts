import { type ChangeCounts, addCounts, changesSinceSchema } from '../../domain/scan.ts';
import type { ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { uuidFromText } from '../../domain/ids.ts';
import type { WriteTransaction } from '../write.ts';

/** A row of `locations`: owned by the device it names, synced as state. */
export interface LocationRow {
  readonly id: number;
  readonly uuid: Uint8Array;
  readonly device_id: Uint8Array;
  readonly root_entry_id: number;
  /** TEXT, or the exact bytes where the path is not valid UTF-8. */
  readonly path: string | Uint8Array;
  readonly name: string;
  readonly mode: string;
  /** `LocationRules` as JSON. */
  readonly rules: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  /** 1 from the start of a scan to its end, over a crash. */
  readonly scanning: number;
  /** End of the last whole scan, milliseconds since the epoch. */
  readonly indexed_at: number | null;
  /** `ScanResult` of the last whole scan as JSON. */
  readonly last_scan: string | null;
  /** The root's file system and inode when it was last scanned: another one there, and empty, is an unmounted disk. */
  readonly root_device: number | null;
  readonly root_inode: number | null;
  /** 1: rules or mode changed, so that the next scan compares every entry, whenever it comes. */
  readonly full_due: number;
  /** While entries that were not found are not settled yet: the first id that could have been given since. */
  readonly unsettled_from: number | null;
  /** The volume it lies on, and its path from that volume's root; NULL where it is not known. */
  readonly volume_id: number | null;
  readonly volume_path: string | Uint8Array | null;
  /** 1 while that volume is not mounted where the location is looked for; 0 where it is, or is not known. */
  readonly volume_away: number;
  /** `LocationAttention` as JSON: what waits for a word of the user. */
  readonly attention: string | null;
  /** `ChangesSince` as JSON; NULL until the first whole scan. */
  readonly changes_since: string | null;
  readonly revision: number;
}

/** A location with what its root sums up. */
export interface LocationWithTotals extends LocationRow {
  readonly bytes: number | null;
  readonly files: number | null;
  readonly folders: number | null;
  readonly volume_uuid: Uint8Array | null;
  readonly volume_name: string | null;
}

const SELECT = `SELECT l.*, f.bytes, f.files, f.folders, v.uuid AS volume_uuid, v.name AS volume_name
  FROM locations l LEFT JOIN folders f ON f.entry_id = l.root_entry_id LEFT JOIN volumes v ON v.id = l.volume_id`;

export function listLocations(db: ReadConnection): LocationWithTotals[] {
  return db.prepare<LocationWithTotals>(`${SELECT} ORDER BY l.id`).all();
}

export function locationById(db: ReadConnection, id: number): LocationWithTotals | undefined {
  return db.prepare<LocationWithTotals>(`${SELECT} WHERE l.id = ?`).get(id);
}

export function locationByUuid(db: ReadConnection, uuid: string): LocationWithTotals | undefined {
  return db.prepare<LocationWithTotals>(`${SELECT} WHERE l.uuid = ?`).get(uuidFromText(uuid) ?? null);
}

export type NewLocation = Pick<
  LocationRow,
  'uuid' | 'device_id' | 'root_entry_id' | 'path' | 'name' | 'mode' | 'rules' | 'created_at'
> &
  Partial<Pick<LocationRow, 'root_device' | 'root_inode'>>;

export function insertLocation(tx: WriteTransaction, row: NewLocation): number {
  return tx.run(
    `INSERT INTO locations (uuid, device_id, root_entry_id, path, name, mode, rules, created_at, root_device, root_inode, scanning, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    row.uuid,
    row.device_id,
    row.root_entry_id,
    row.path,
    row.name,
    row.mode,
    row.rules,
    row.created_at,
    row.root_device ?? null,
    row.root_inode ?? null,
    tx.revision,
  ).lastId;
}

type Changeable =
  | 'name'
  | 'mode'
  | 'rules'
  | 'scanning'
  | 'indexed_at'
  | 'last_scan'
  | 'root_device'
  | 'root_inode'
  | 'full_due'
  | 'unsettled_from'
  | 'path'
  | 'volume_id'
  | 'volume_path'
  | 'volume_away'
  | 'attention'
  | 'changes_since';

export function updateLocation(
  tx: WriteTransaction,
  id: number,
  changes: Partial<Pick<LocationRow, Changeable>>,
): void {
  const columns = Object.keys(changes) as Changeable[];
  const values = columns.map((column) => changes[column] as SqlValue);
  tx.run(
    `UPDATE locations SET ${columns.map((column) => `${column} = ?`).join(', ')}, revision = ? WHERE id = ?`,
    ...values,
    tx.revision,
    id,
  );
}

/** Adds what a scan or a watcher brought into the index to what has changed since somebody last asked. */
export function countChanges(tx: WriteTransaction, location: LocationRow, changes: ChangeCounts): void {
  if (location.changes_since === null) return;
  const sum = addCounts(changesSinceSchema.parse(JSON.parse(location.changes_since)), changes);
  updateLocation(tx, location.id, { changes_since: JSON.stringify(sum) });
}

/** Forgets the location; its entries are swept afterwards, and show nowhere from now on. */
export function deleteLocation(tx: WriteTransaction, location: LocationRow): void {
  tx.run('DELETE FROM locations WHERE id = ?', location.id);
  tx.tombstone('locations', location.id, { uuid: location.uuid });
  tx.tombstone('entries', location.root_entry_id, { subtree: true });
}
