import { FILE, nameOfStored } from '../domain/entry.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import { privateTags } from '../db/library/tagged-entries.ts';
import { SdError } from '../errors.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { UserFiles } from '../ports/user-files.ts';
import { type AttributeReader, readAttributes, writeAttributes } from './attributes.ts';
import { type Carrier, type TravelFacts, isEmptyFacts, joinedFacts } from './facts.ts';
import { saidOfEntry } from './said-of-entry.ts';
import { isSidecar, planSidecar, readSidecarOf, writeSidecar } from './sidecar-file.ts';

/** Where entries lie, one after the other. */
export class EntryPaths {
  readonly #db: ReadConnection;
  readonly #places: EntryPlaces;

  constructor(db: ReadConnection) {
    this.#db = db;
    this.#places = new EntryPlaces(db);
  }

  /** `undefined` where it is in no location any more, or is a sidecar itself. */
  of(entry: number): { path: string; type: number } | undefined {
    const row = this.#db
      .prepare<{ parent_id: number | null; name: string | Uint8Array; type: number }>(
        'SELECT parent_id, name, type FROM entries WHERE id = ?',
      )
      .get(entry);
    if (!row) return undefined;
    const folder = this.#places.of(row.parent_id ?? entry)?.path;
    if (folder === undefined) return undefined;
    const path = row.parent_id === null ? folder : joinNative(folder, nameOfStored(row.name));
    return isSidecar(path) ? undefined : { path, type: row.type };
  }
}

/** Reads what files bring. Throws what the disk says, and `CORRUPT`. */
export function readTravelled(
  files: ReadFiles,
  attributes: AttributeReader | undefined,
  { path, type }: { path: string; type: number },
  carriers: readonly Carrier[],
): TravelFacts | undefined {
  let facts: TravelFacts = { tags: [], paths: [] };
  if (!files.facts(path)) throw new SdError('NOT_FOUND', `${showNative(path)} is not there`);
  // Folders have no sidecars of this kind.
  if (carriers.includes('xmp') && type === FILE) facts = readSidecarOf(files, path) ?? facts;
  if (carriers.includes('attributes') && attributes) facts = joinedFacts(facts, readAttributes(attributes, path));
  return isEmptyFacts(facts) ? undefined : facts;
}

export interface Written {
  readonly changed: boolean;
  readonly left: readonly string[];
}

/** Writes beside or on files what people said of them. */
export class TravelWriter {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #userFiles: UserFiles;
  readonly #without: ReadonlySet<number>;

  constructor(parts: { db: ReadConnection; files: ReadFiles; userFiles: UserFiles; private: boolean }) {
    this.#db = parts.db;
    this.#files = parts.files;
    this.#userFiles = parts.userFiles;
    this.#without = new Set(parts.private ? [] : privateTags(parts.db));
  }

  /** Throws what the disk says, `CORRUPT` where its sidecar cannot be read, `UNAVAILABLE` where there are no attributes. */
  write(entry: number, { path, type }: { path: string; type: number }, carriers: readonly Carrier[]): Written {
    const facts = saidOfEntry(this.#db, entry, this.#without);
    if (isEmptyFacts(facts)) return { changed: false, left: [] };
    if (!this.#files.facts(path)) throw new SdError('NOT_FOUND', `${showNative(path)} is not there`);
    const left: string[] = [];
    let changed = false;
    if (carriers.includes('xmp') && type === FILE) {
      const planned = planSidecar(this.#files, path, facts);
      writeSidecar(this.#files, this.#userFiles, planned);
      left.push(...planned.left);
      changed = planned.bytes !== undefined;
    }
    if (carriers.includes('attributes')) {
      const written = writeAttributes(this.#userFiles, path, facts);
      left.push(...written.left);
      changed ||= written.changed;
    }
    return { changed, left };
  }
}
