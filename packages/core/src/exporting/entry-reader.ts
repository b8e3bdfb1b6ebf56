import { EntryPlaces } from '../db/library/entry-places.ts';
import { type ExportedRow, exportedRows } from '../db/library/exported-rows.ts';
import { isWithin } from '../domain/native-path.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type ExportedEntry, exportedEntry, exportedPath } from './exported-entry.ts';
import type { ExportScope } from './protocol.ts';

/** A page of entries, and the id up to which it goes; `entries` lacks those that are out of scope. */
export interface EntryPage {
  readonly entries: readonly ExportedEntry[];
  readonly after: number;
}

/** Reads entries page by page, each page as it is then: no page holds the database up, nor costs more than the last. */
export class EntryReader {
  readonly #db: ReadConnection;
  readonly #device: string;
  readonly #scope: ExportScope;
  #places: EntryPlaces;

  constructor(db: ReadConnection, device: string, scope: ExportScope) {
    this.#db = db;
    this.#device = device;
    this.#scope = scope;
    this.#places = new EntryPlaces(db);
  }

  /** `undefined`: there are no more. */
  page(bounds: { readonly after: number; readonly upTo: number; readonly limit: number }): EntryPage | undefined {
    const rows = exportedRows(this.#db, bounds);
    const last = rows.at(-1);
    return last && { entries: rows.flatMap((row) => this.#entry(row) ?? []), after: last.id };
  }

  /** Forgets where folders lay: they may have been moved. */
  forget(): void {
    this.#places = new EntryPlaces(this.#db);
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
