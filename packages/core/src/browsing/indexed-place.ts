import { folderBelow } from '../db/library/entries.ts';
import { nameOfStored } from '../domain/entry.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { isWithin, namesBelow } from '../domain/native-path.ts';
import { presenceOf } from '../locations/presence.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** Where a native path lies in a library's index. */
export interface IndexedPlace {
  readonly location: {
    /** UUID text. */
    readonly id: string;
    readonly path: string;
    readonly rootEntry: number;
    readonly root_device: number | null;
    readonly root_inode: number | null;
    readonly volume_away: number;
  };
  /** Names from the location's folder on; none for the location itself. */
  readonly names: readonly string[];
}

/** The location of this device that a path lies in; where two disks were mounted at one path, the one that is there. */
export function placeOf(db: ReadConnection, deviceId: string, path: string): IndexedPlace | undefined {
  interface Row {
    uuid: Uint8Array;
    path: string | Uint8Array;
    root_entry_id: number;
    root_device: number | null;
    root_inode: number | null;
    volume_away: number;
  }
  const rows = db
    .prepare<Row>(
      'SELECT uuid, path, root_entry_id, root_device, root_inode, volume_away FROM locations WHERE device_id = ? ORDER BY volume_away',
    )
    .all(uuidFromText(deviceId) ?? null);
  for (const row of rows) {
    const root = nameOfStored(row.path);
    if (!isWithin(path, root)) continue;
    const { root_device, root_inode, volume_away } = row;
    const rootEntry = row.root_entry_id;
    const location = { id: uuidToText(row.uuid), path: root, rootEntry, root_device, root_inode, volume_away };
    return { location, names: namesBelow(root, path) ?? [] };
  }
  return undefined;
}

/** The entry of the folder at a place; `undefined` where the index does not know it. */
export function folderAt(db: ReadConnection, place: IndexedPlace): number | undefined {
  return folderBelow(db, place.location.rootEntry, place.names);
}

/** Whether the location's folder is away: then the index answers, and nothing in it counts as deleted. */
export function isOffline({ location }: IndexedPlace, files: ReadFiles): boolean {
  return presenceOf(location, files) === 'offline';
}
