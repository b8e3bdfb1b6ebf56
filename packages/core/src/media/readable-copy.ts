import { copiesOf } from '../db/library/copies.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import type { LocationWithTotals } from '../db/library/locations.ts';
import { nameOfStored } from '../domain/entry.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

const FILE = 0;

export interface ReadableCopy {
  /** Native path. */
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
}

/** A copy to read; why there is none (`changed`: the index will hear of it), with a path for people; or that the content is none of the locations asked for. */
export type CopySearch =
  | { readonly type: 'copy'; readonly copy: ReadableCopy }
  | { readonly type: 'none'; readonly path: string; readonly reason: string; readonly changed: boolean }
  | { readonly type: 'elsewhere' };

/** Finds a file of a content that can be read now and is still as it was indexed. */
export class ReadableCopies {
  readonly #db: ReadConnection;
  readonly #files: Pick<ReadFiles, 'facts'>;
  readonly #isThere: (location: LocationWithTotals) => boolean;
  readonly #places: EntryPlaces;
  readonly #there = new Map<number, boolean>();

  constructor(db: ReadConnection, files: Pick<ReadFiles, 'facts'>, isThere: (location: LocationWithTotals) => boolean) {
    this.#db = db;
    this.#files = files;
    this.#isThere = isThere;
    this.#places = new EntryPlaces(db);
  }

  /** `locations`: one of the copies must lie in one of them; which one is read is all the same. */
  find(content: number, locations: ReadonlySet<number> | undefined): CopySearch {
    let found: CopySearch | undefined;
    let inScope = locations === undefined;
    for (const { parent_id, name, size, mtime } of copiesOf(this.#db, content)) {
      const place = parent_id === null ? undefined : this.#places.of(parent_id);
      if (!place) continue;
      inScope ||= locations?.has(place.location.id) === true;
      if (found?.type !== 'copy') {
        const copy = { path: joinNative(place.path, nameOfStored(name)), name: nameOfStored(name), size, mtime };
        found = this.#online(place.location) ? this.#look(copy) : none(copy, 'its location is offline', false);
      }
      if (inScope && found.type === 'copy') break;
    }
    return inScope && found ? found : { type: 'elsewhere' };
  }

  /** Why what is there is not what was indexed; `undefined` where it is. Throws what the disk says. */
  changed({ path, size, mtime }: ReadableCopy): string | undefined {
    const facts = this.#files.facts(path);
    if (facts?.type !== FILE) return 'it is not there any more';
    return facts.size === size && facts.mtime === mtime ? undefined : 'it has changed since it was indexed';
  }

  #look(copy: ReadableCopy): CopySearch {
    try {
      const reason = this.changed(copy);
      return reason === undefined ? { type: 'copy', copy } : none(copy, reason, true);
    } catch {
      return none(copy, 'it cannot be read', false);
    }
  }

  #online(location: LocationWithTotals): boolean {
    const known = this.#there.get(location.id) ?? this.#isThere(location);
    this.#there.set(location.id, known);
    return known;
  }
}

function none({ path }: ReadableCopy, reason: string, changed: boolean): CopySearch {
  return { type: 'none', path: showNative(path), reason, changed };
}
