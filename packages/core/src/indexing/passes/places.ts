import { type LocationWithTotals, listLocations } from '../../db/library/locations.ts';
import { nameOfStored } from '../../domain/entry.ts';
import { type LocationMode, type LocationRules, locationRulesSchema } from '../../domain/location.ts';
import { uuidToText } from '../../domain/ids.ts';
import { joinNative } from '../../domain/native-path.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { KnownChildren } from '../known-children.ts';

/** A location whose index is kept true by passes. */
export interface LiveLocation {
  readonly id: number;
  readonly uuid: string;
  /** Id of its root entry. */
  readonly root: number;
  /** Native path. */
  readonly path: string;
  readonly mode: LocationMode;
  readonly rules: LocationRules;
  readonly row: LocationWithTotals;
}

/** Where an entry lies. */
export interface Place {
  readonly location: LiveLocation;
  /** Native path. */
  readonly path: string;
}

/** Deeper than any file system goes. */
const DEEPEST = 10_000;

/** Where folders are, asked of the index. */
export class Places {
  readonly #known: KnownChildren;
  readonly #roots: ReadonlyMap<number, LiveLocation>;

  /** As the locations are now; `deviceId`: those of another device are none of this one's. */
  constructor(db: ReadConnection, deviceId: Uint8Array) {
    this.#known = new KnownChildren(db);
    const mine = listLocations(db).filter((row) => sameBytes(row.device_id, deviceId));
    this.#roots = new Map(mine.map((row) => [row.root_entry_id, liveLocation(row)]));
  }

  get locations(): LiveLocation[] {
    return [...this.#roots.values()];
  }

  /** `undefined`: in no location of this device, or not in the index any more. */
  of(entry: number): Place | undefined {
    const names: string[] = [];
    for (let at = entry, depth = 0; depth < DEEPEST; depth++) {
      const location = this.#roots.get(at);
      if (location) return { location, path: names.reduceRight((path, name) => joinNative(path, name), location.path) };
      const row = this.#known.parent(at);
      if (!row || row.parent_id === null) return undefined;
      names.push(row.name);
      at = row.parent_id;
    }
    return undefined;
  }

  /** Every folder of a location that is walked, level by level. */
  *folders(location: LiveLocation): Generator<{ id: number; path: string }> {
    let level = [{ id: location.root, path: location.path }];
    while (level.length > 0) {
      const below: typeof level = [];
      for (const folder of level) {
        yield folder;
        for (const { id, name } of this.#known.walkedFolders(folder.id, location.rules.cross_mounts))
          below.push({ id, path: joinNative(folder.path, name) });
      }
      level = below;
    }
  }
}

function liveLocation(row: LocationWithTotals): LiveLocation {
  return {
    id: row.id,
    uuid: uuidToText(row.uuid),
    root: row.root_entry_id,
    path: nameOfStored(row.path),
    mode: row.mode as LocationMode,
    rules: locationRulesSchema.parse(JSON.parse(row.rules)),
    row,
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
