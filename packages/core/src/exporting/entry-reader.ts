import { EntryPlaces } from '../db/library/entry-places.ts';
import { type ExportedRow, exportedRows } from '../db/library/exported-rows.ts';
import { PrivateEntries } from '../db/library/private-entries.ts';
import { isWithin } from '../domain/native-path.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type ExportedEntry, exportedEntry, exportedPath } from './exported-entry.ts';
import type { ExportScope } from './protocol.ts';

/** A page of entries, and the id up to which it goes; `entries` lacks those that are out of scope, or private. */
export interface EntryPage {
  readonly entries: readonly ExportedEntry[];
  readonly after: number;
  /** In scope, but private. */
  readonly leftOut: number;
}

/** Reads entries page by page, each page as it is then: no page holds the database up, nor costs more than the last. */
export class EntryReader {
  readonly #db: ReadConnection;
  readonly #device: string;
  readonly #scope: ExportScope;
  #places: EntryPlaces;
  #hidden: PrivateEntries | undefined;

  constructor(db: ReadConnection, device: string, scope: ExportScope) {
    this.#db = db;
    this.#device = device;
    this.#scope = scope;
    [this.#places, this.#hidden] = this.#asItIsNow();
  }

  /** `undefined`: there are no more. */
  page(bounds: { readonly after: number; readonly upTo: number; readonly limit: number }): EntryPage | undefined {
    const rows = exportedRows(this.#db, bounds);
    const last = rows.at(-1);
    if (!last) return undefined;
    let leftOut = 0;
    const entries = rows.flatMap((row): ExportedEntry[] => {
      const entry = this.#entry(row);
      if (!entry) return [];
      if (!this.#hidden?.has(row.id, row.parent_id)) return [entry];
      leftOut++;
      return [];
    });
    return { entries, after: last.id, leftOut };
  }

  /** Forgets where folders lay, and what was private: both may have been changed. */
  forget(): void {
    [this.#places, this.#hidden] = this.#asItIsNow();
  }

  #asItIsNow(): [EntryPlaces, PrivateEntries | undefined] {
    return [new EntryPlaces(this.#db), this.#scope.private ? undefined : new PrivateEntries(this.#db)];
  }

  #entry(row: ExportedRow): ExportedEntry | undefined {
    const place = this.#places.of(row.parent_id ?? row.id);
    // What a removed location left, until it is swept, is not the library's any more.
    if (!place) return undefined;
    const { location, within } = this.#scope;
    if (location !== undefined && place.location.id !== location) return undefined;
    const path = exportedPath(row, place);
    if (within !== undefined && !isWithin(path, within)) return undefined;
    return exportedEntry(row, path, place, this.#device);
  }
}
