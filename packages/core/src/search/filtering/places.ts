import { type LocationWithTotals, listLocations } from '../../db/library/locations.ts';
import { fold } from '../../domain/fold.ts';
import { uuidToText } from '../../domain/ids.ts';
import type { NamedValue } from '../../domain/query/query.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { treeNow } from '../finding/world.ts';
import { type Around, notThere } from './around.ts';
import type { Predicate } from './predicate.ts';

/** Below the root of one of the locations. Throws `NOT_FOUND`. */
export function byLocations(around: Around, values: readonly NamedValue[]): Predicate {
  return belowRoots(
    around.world.db,
    values.map((value) => locationOf(around, value).root_entry_id),
  );
}

export function locationOf({ world, places }: Around, { text, at }: NamedValue): LocationWithTotals {
  try {
    return places.location(text);
  } catch (error) {
    if (!(error instanceof SdError) || error.code !== 'NOT_FOUND') throw error;
    throw notThere(
      'location',
      text,
      at,
      listLocations(world.db).map(({ name }) => name),
    );
  }
}

/** On one of the devices: in a location of its. */
export function byDevices({ world: { db } }: Around, values: readonly NamedValue[]): Predicate {
  const devices = db
    .prepare<{ id: Uint8Array; name: string; slug: string }>('SELECT id, name, slug FROM devices')
    .all();
  const meant = new Set(
    values.flatMap((value) =>
      oneOf('device', value, devices, ({ id, name, slug }) => [slug, name, uuidToText(id)]).map(({ id }) =>
        uuidToText(id),
      ),
    ),
  );
  const locations = listLocations(db).filter(({ device_id: device }) => meant.has(uuidToText(device)));
  return belowRoots(
    db,
    locations.map((location) => location.root_entry_id),
  );
}

/** On one of the volumes: in a location that lies on it. */
export function byVolumes({ world: { db } }: Around, values: readonly NamedValue[]): Predicate {
  const volumes = db
    .prepare<{ id: number; uuid: Uint8Array; name: string }>('SELECT id, uuid, name FROM volumes')
    .all();
  const meant = new Set(
    values.flatMap((value) =>
      oneOf('volume', value, volumes, ({ uuid, name }) => [name, uuidToText(uuid)]).map(({ id }) => id),
    ),
  );
  const locations = listLocations(db).filter(({ volume_id: volume }) => volume !== null && meant.has(volume));
  return belowRoots(
    db,
    locations.map((location) => location.root_entry_id),
  );
}

/** Those that are called so, case and accents aside. Throws `NOT_FOUND`. */
function oneOf<T>(
  what: string,
  { text, at }: NamedValue,
  all: readonly T[],
  names: (one: T) => readonly string[],
): T[] {
  const wanted = fold(text);
  const found = all.filter((one) => names(one).some((name) => fold(name) === wanted));
  if (found.length > 0) return found;
  throw notThere(
    what,
    text,
    at,
    all.flatMap((one) => names(one)[0] ?? []),
  );
}

function belowRoots(db: ReadConnection, roots: readonly number[]): Predicate {
  const meant = new Set(roots);
  const tree = treeNow(db);
  return {
    test: ({ parent }) => {
      const root = parent === null ? undefined : tree.folder(parent)?.root;
      return root !== undefined && meant.has(root);
    },
  };
}
