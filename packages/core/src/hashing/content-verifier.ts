import { contentById } from '../db/library/contents.ts';
import { type CopyRow, copiesOf } from '../db/library/copies.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import type { LocationWithTotals } from '../db/library/locations.ts';
import { nameOfStored } from '../domain/entry.ts';
import { contentUuid, toHex, uuidToText } from '../domain/ids.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type WholeHash, WholeFileHasher } from './hash-whole-file.ts';
import type { HashWriter } from './hash-writer.ts';
import { presenceOf } from '../locations/presence.ts';
import { type VerifyState, withProblem } from './verify-protocol.ts';

/** Is told what is read. */
export interface VerifyWatch {
  /** Bytes of the file at `path` are done; answers whether to stop. */
  bytes(path: string, count: number): boolean;
  /** A file is done. */
  file(): void;
}

/** Compares the files of one content by their full hashes. */
export class ContentVerifier {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #hasher: WholeFileHasher;
  readonly #places: EntryPlaces;
  readonly #away = new Map<number, boolean>();
  readonly #roots: ReadonlySet<number> | undefined;

  /** `roots` are the entries at the top of the locations whose files count; all where it is absent. */
  constructor(db: ReadConnection, platform: { files: ReadFiles; hashing: Hashing }, roots?: readonly number[]) {
    this.#db = db;
    this.#files = platform.files;
    this.#hasher = new WholeFileHasher(platform.files, platform.hashing);
    this.#places = new EntryPlaces(db);
    this.#roots = roots && new Set(roots);
  }

  /** The state with this content done; `undefined` where it was stopped in the middle: it is begun anew then, and what is stored is not read again. */
  verify(content: number, before: VerifyState, writer: HashWriter, watch: VerifyWatch): VerifyState | undefined {
    const row = contentById(this.#db, content);
    if (!row) return { ...before, after: content };
    const uuid = uuidToText(contentUuid(row.hash));
    const compared = new Comparison(row.size);
    const read: ReadFile[] = [];
    let state = before;
    for (const copy of copiesOf(this.#db, content)) {
      const place = copy.parent_id === null ? undefined : this.#places.of(copy.parent_id);
      if (!place || this.#roots?.has(place.location.root_entry_id) === false) continue;
      const path = joinNative(place.path, nameOfStored(copy.name));
      const isNew = compared.isNew(copy);
      const found = copy.full_hash
        ? known(copy.full_hash, isNew && watch.bytes(path, copy.size))
        : this.#isAway(place.location)
          ? AWAY
          : this.#read(copy, path, read, watch);
      if (found.type === 'stopped') return undefined;
      if (found.type === 'problem') state = withProblem(state, showNative(path), found.reason);
      else if (!copy.full_hash)
        writer.add({ entry: copy.id, hash: found.hash, size: copy.size, mtime: copy.mtime }, uuid);
      compared.add(copy, found.type === 'hash' ? found.hash : undefined);
      if (isNew) watch.file();
    }
    return compared.into({ ...state, after: content, hashed: state.hashed + read.length });
  }

  /** A file read a moment ago under another name is not read again, if the disk says that it is the same. */
  #read(copy: CopyRow, path: string, read: ReadFile[], watch: VerifyWatch): WholeHash {
    if (copy.links === 1 && read.length > 0) {
      const facts = this.#factsOf(path);
      const same = facts && read.find((file) => file.facts.inode === facts.inode && file.facts.device === facts.device);
      if (same && facts.size === copy.size && facts.mtime === copy.mtime)
        return { type: 'hash', hash: same.hash, facts };
    }
    const found = this.#hasher.hash(path, copy, (count) => watch.bytes(path, count));
    if (found.type === 'hash') read.push(found);
    return found;
  }

  #isAway(location: LocationWithTotals): boolean {
    const away = this.#away.get(location.id) ?? presenceOf(location, this.#files) === 'offline';
    this.#away.set(location.id, away);
    return away;
  }

  #factsOf(path: string): FileFacts | undefined {
    try {
      return this.#files.facts(path);
    } catch {
      return undefined; // reading it says why
    }
  }
}

const AWAY = { type: 'problem', reason: 'its location is offline' } as const;

type ReadFile = Extract<WholeHash, { type: 'hash' }>;

function known(hash: Uint8Array, stop: boolean): { type: 'hash'; hash: Uint8Array } | { type: 'stopped' } {
  return stop ? { type: 'stopped' } : { type: 'hash', hash };
}

/** The files of one content sorted by their full hashes; several names of one file are one. */
class Comparison {
  readonly #size: number;
  readonly #files = new Set<string>();
  readonly #byHash = new Map<string, Set<string>>();
  #missing = false;

  constructor(size: number) {
    this.#size = size;
  }

  isNew(copy: CopyRow): boolean {
    return !this.#files.has(fileOf(copy));
  }

  add(copy: CopyRow, hash: Uint8Array | undefined): void {
    const file = fileOf(copy);
    this.#files.add(file);
    if (!hash) {
      this.#missing = true;
      return;
    }
    const same = this.#byHash.get(toHex(hash)) ?? new Set();
    this.#byHash.set(toHex(hash), same.add(file));
  }

  into(state: VerifyState): VerifyState {
    const surplus = [...this.#byHash.values()].reduce((sum, files) => sum + files.size - 1, 0);
    return {
      ...state,
      contents: state.contents + 1,
      files: state.files + this.#files.size,
      bytes: state.bytes + this.#files.size * this.#size,
      equal: state.equal + (!this.#missing && this.#byHash.size === 1 ? 1 : 0),
      differing: state.differing + (this.#byHash.size > 1 ? 1 : 0),
      incomplete: state.incomplete + (this.#missing ? 1 : 0),
      reclaimable: state.reclaimable + surplus * this.#size,
    };
  }
}

function fileOf({ links, inode, id }: CopyRow): string {
  return links === 1 ? `inode ${inode}` : `entry ${id}`;
}
