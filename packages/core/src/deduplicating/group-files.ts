import { copiesOf } from '../db/library/copies.ts';
import { type DuplicateGroup, type DuplicateScope } from '../db/library/duplicates.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import type { LocationRow } from '../db/library/locations.ts';
import type { PrivateEntries } from '../db/library/private-entries.ts';
import { hasExtension } from '../domain/duplicates.ts';
import { FILE, nameOfStored } from '../domain/entry.ts';
import { toHex, uuidToText } from '../domain/ids.ts';
import type { KeepCandidate } from '../domain/keep-rules.ts';
import { joinNative } from '../domain/native-path.ts';
import { presenceOf } from '../locations/presence.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** A file of a group, with all its names that count. */
export interface GroupFile extends KeepCandidate {
  readonly names: readonly { readonly entry: number; readonly path: string }[];
  /** As the disk says now; absent where it cannot be looked at. */
  readonly facts?: FileFacts | undefined;
  /** The full hash it was last found to have, and still has by its size and time. */
  readonly hash: Uint8Array | undefined;
}

export interface GroupFiles {
  readonly files: readonly GroupFile[];
  /** Names that are not as the index has them: they are neither kept nor taken. */
  readonly changed: number;
}

/** Where systems keep what was thrown away, should a location hold it: such a copy is none. */
const IN_A_TRASH = /\/(\.Trash|\.Trash-\d+|\.Trashes|\$RECYCLE\.BIN|Trash\/files)\//i;

interface Name {
  readonly entry: number;
  readonly path: string;
  readonly mtime: number;
  readonly inode: number;
  readonly hash: Uint8Array | undefined;
  readonly location: LocationRow;
  readonly facts: FileFacts | undefined;
}

/** Looks at the files of groups, on the disk where it is there. */
export class GroupLooker {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #device: string;
  readonly #places: EntryPlaces;
  readonly #below: ReadonlySet<number> | undefined;
  readonly #extensions: readonly string[] | undefined;
  readonly #hidden: PrivateEntries | undefined;
  readonly #here = new Map<number, boolean>();

  /** `device`: UUID of this one. `hidden`: copies that are passed over. */
  constructor(
    { db, files, device }: { readonly db: ReadConnection; readonly files: ReadFiles; readonly device: string },
    scope: DuplicateScope,
    hidden: PrivateEntries | undefined,
  ) {
    this.#db = db;
    this.#files = files;
    this.#device = device;
    this.#hidden = hidden;
    this.#places = new EntryPlaces(db);
    this.#below = scope.below && foldersBelow(db, scope.below);
    this.#extensions = scope.extensions;
  }

  look(group: DuplicateGroup): GroupFiles {
    let changed = 0;
    const byFile = new Map<string, Name[]>();
    for (const copy of copiesOf(this.#db, group.content_id)) {
      const name = nameOfStored(copy.name);
      if (copy.parent_id === null || this.#below?.has(copy.parent_id) === false) continue;
      if (!belongs(copy.full_hash, group) || !hasExtension(name, this.#extensions)) continue;
      const place = this.#places.of(copy.parent_id);
      if (!place || this.#hidden?.has(copy.id, copy.parent_id)) continue;
      const path = joinNative(place.path, name);
      if (IN_A_TRASH.test(path)) continue;
      const isHere = this.#isHere(place.location);
      const facts = isHere ? this.#facts(path) : undefined;
      if (isHere && !(facts && isAs(copy, facts))) {
        changed++;
        continue;
      }
      const disk = facts?.device ?? `away ${place.location.volume_id ?? `location ${place.location.id}`}`;
      const key = `${disk} ${facts?.inode ?? copy.inode}`;
      const { id: entry, mtime, inode } = copy;
      const known = { entry, path, mtime, inode, hash: copy.full_hash ?? undefined, location: place.location, facts };
      byFile.set(key, [...(byFile.get(key) ?? []), known]);
    }
    return { files: [...byFile.values()].map(fileOf), changed };
  }

  #isHere(location: LocationRow): boolean {
    const known = this.#here.get(location.id);
    if (known !== undefined) return known;
    const here = uuidToText(location.device_id) === this.#device && presenceOf(location, this.#files) === 'online';
    this.#here.set(location.id, here);
    return here;
  }

  #facts(path: string): FileFacts | undefined {
    try {
      return this.#files.facts(path);
    } catch {
      return undefined; // what cannot be looked at is left alone
    }
  }
}

function fileOf(names: readonly Name[]): GroupFile {
  const paths = names.map(({ path }) => path).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const [first] = names;
  if (!first) throw new Error('a file has a name');
  return {
    names,
    ids: names.map(({ entry }) => entry),
    paths: [paths[0] ?? first.path, ...paths.slice(1)],
    roots: new Set(names.map(({ location }) => location.root_entry_id)),
    device: uuidToText(first.location.device_id),
    mtime: first.mtime,
    isHere: first.facts !== undefined,
    facts: first.facts,
    hash: names.find(({ hash }) => hash)?.hash,
  };
}

/** Whether a file with that full hash (`null`: not known) is one of the group, of all the files with the content. */
function belongs(hash: Uint8Array | null, group: DuplicateGroup): boolean {
  if (hash === null) return group.hashed < group.entries;
  return group.full_hash !== null && toHex(hash) === toHex(group.full_hash);
}

function isAs(row: { size: number; mtime: number }, facts: FileFacts): boolean {
  return facts.type === FILE && facts.size === row.size && facts.mtime === row.mtime;
}

function foldersBelow(db: ReadConnection, ids: readonly number[]): ReadonlySet<number> {
  const rows = db
    .prepare<{ id: number }>(
      `WITH RECURSIVE below (id) AS (SELECT value FROM json_each(?)
         UNION SELECT e.id FROM below CROSS JOIN entries e ON e.parent_id = below.id AND e.type = 1)
       SELECT id FROM below`,
    )
    .all(JSON.stringify(ids));
  return new Set(rows.map(({ id }) => id));
}
