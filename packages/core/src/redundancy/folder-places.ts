import { type LocationWithTotals, listLocations } from '../db/library/locations.ts';
import { toHex } from '../domain/ids.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/**
 * What is lost together: a volume; where none is known, the locations that one device last found on one file system; and
 * where not even that is known, a location.
 */
export interface Keeper {
  /** Id of `volumes`; `undefined` where it is not known. */
  readonly volume: number | undefined;
  readonly locations: readonly LocationWithTotals[];
}

/** Which keeper each folder lies on, by the folder's id. What lies in no location is on none. */
export interface FolderPlaces {
  readonly keepers: readonly Keeper[];
  /** Place in `keepers`, by id of the folder. */
  readonly of: ReadonlyMap<number, number>;
}

export function folderPlaces(db: ReadConnection): FolderPlaces {
  const keepers = keepersOf(listLocations(db));
  const of = new Map<number, number>();
  keepers.forEach(({ locations }, at) => {
    const roots = locations.map(({ root_entry_id: root }) => root);
    for (const folder of foldersBelow(db, roots)) of.set(folder, at);
  });
  return { keepers, of };
}

function keepersOf(locations: readonly LocationWithTotals[]): Keeper[] {
  const volumeOn = new Map<string, number>();
  for (const location of locations)
    if (location.volume_id !== null) volumeOn.set(fileSystemOf(location), location.volume_id);
  const together = new Map<string, { volume: number | undefined; locations: LocationWithTotals[] }>();
  for (const location of locations) {
    const fileSystem = fileSystemOf(location);
    const volume = location.volume_id ?? volumeOn.get(fileSystem);
    const key = volume === undefined ? fileSystem : `volume ${volume}`;
    const keeper = together.get(key) ?? { volume, locations: [] };
    together.set(key, { volume, locations: [...keeper.locations, location] });
  }
  return [...together.values()];
}

/** By the number the device's system gave it last: another disk may have it by now, and then too little counts as safe. */
function fileSystemOf({ id, device_id, root_device }: LocationWithTotals): string {
  return root_device === null ? `location ${id}` : `file system ${root_device} of ${toHex(device_id)}`;
}

/** The folders and all folders below them. */
export function foldersBelow(db: ReadConnection, roots: readonly number[]): number[] {
  return db
    .prepare<{ id: number }>(
      `WITH RECURSIVE below (id) AS (SELECT value FROM json_each(?)
         UNION SELECT e.id FROM below CROSS JOIN entries e ON e.parent_id = below.id AND e.type = 1)
       SELECT id FROM below`,
    )
    .all(JSON.stringify(roots))
    .map(({ id }) => id);
}
