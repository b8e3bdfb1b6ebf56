import { nameOfStored } from '../../domain/entry.ts';
import { joinNative } from '../../domain/native-path.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type LocationWithTotals, listLocations } from './locations.ts';

/** Where a folder lies. */
export interface FolderPlace {
  /** Native path. */
  readonly path: string;
  readonly location: LocationWithTotals;
}

/** A tree deeper than any disk holds: what climbs further goes round in circles. */
const DEEPEST = 10_000;
/** Folders remembered before the memory is begun anew. */
const MOST_REMEMBERED = 200_000;

/** Finds where entries lie by climbing to the root of their location, and remembers the folders it has been through. */
export class EntryPlaces {
  readonly #db: ReadConnection;
  readonly #roots: ReadonlyMap<number, LocationWithTotals>;
  readonly #known = new Map<number, FolderPlace | undefined>();

  constructor(db: ReadConnection) {
    this.#db = db;
    this.#roots = new Map(listLocations(db).map((location) => [location.root_entry_id, location]));
  }

  /** The place of the folder with this id; `undefined` where it belongs to no location, or to one that was removed. */
  of(folder: number): FolderPlace | undefined {
    const names: [id: number, name: string][] = [];
    let at: number | null = folder;
    while (at !== null && !this.#known.has(at) && !this.#roots.has(at) && names.length < DEEPEST) {
      const row = this.#folder(at);
      names.push([at, row ? nameOfStored(row.name) : '']);
      at = row?.parent_id ?? null;
    }
    let place = at === null ? undefined : (this.#known.get(at) ?? this.#root(at));
    if (this.#known.size > MOST_REMEMBERED) this.#known.clear();
    for (const [id, name] of names.reverse()) {
      place = place && { path: joinNative(place.path, name), location: place.location };
      this.#known.set(id, place);
    }
    return place;
  }

  #root(id: number): FolderPlace | undefined {
    const location = this.#roots.get(id);
    return location && { path: nameOfStored(location.path), location };
  }

  #folder(id: number): { parent_id: number | null; name: string | Uint8Array } | undefined {
    return this.#db
      .prepare<{ parent_id: number | null; name: string | Uint8Array }>(
        'SELECT parent_id, name FROM entries WHERE id = ?',
      )
      .get(id);
  }
}
