import { type LocationWithTotals, listLocations } from '../db/library/locations.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** A volume, or a location whose volume is not known: what is lost together. */
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
  const byVolume = new Map<string, LocationWithTotals[]>();
  for (const location of listLocations(db)) {
    const key = location.volume_id === null ? `location ${location.id}` : `volume ${location.volume_id}`;
    byVolume.set(key, [...(byVolume.get(key) ?? []), location]);
  }
  const keepers = [...byVolume.values()].map((locations): Keeper => ({
    volume: locations[0]?.volume_id ?? undefined,
    locations,
  }));
  const of = new Map<number, number>();
  keepers.forEach(({ locations }, at) => {
    const roots = locations.map(({ root_entry_id: root }) => root);
    for (const folder of foldersBelow(db, roots)) of.set(folder, at);
  });
  return { keepers, of };
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
