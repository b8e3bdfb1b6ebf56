import { copiesOf } from '../db/library/copies.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import { samplingPlan } from '../domain/content-id.ts';
import { nameOfStored } from '../domain/entry.ts';
import { contentUuid, toHex, uuidToText } from '../domain/ids.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import { asSdError } from '../errors.ts';
import type { WholeFileHasher } from '../hashing/hash-whole-file.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { Corrupt } from './report.ts';

export interface FileWithContent {
  readonly id: number;
  readonly name: string | Uint8Array;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly content_id: number;
  readonly hash: Uint8Array;
  readonly full_hash: Uint8Array | null;
}

export type CheckedFile =
  | { readonly type: 'right' | 'corrupt'; readonly full: boolean; readonly corrupt?: Corrupt }
  /** Not as it was indexed: there is nothing to hold its content against. */
  | { readonly type: 'changed' }
  | { readonly type: 'unreadable'; readonly reason: string }
  | { readonly type: 'stopped' };

const FILES = `SELECT e.id, e.name, e.size, e.mtime, e.inode, e.content_id, c.hash, f.hash AS full_hash
  FROM entries e JOIN contents c ON c.id = e.content_id
    LEFT JOIN full_hashes f ON f.entry_id = e.id AND f.size = e.size AND f.mtime = e.mtime
  WHERE e.parent_id = ? AND e.type = 0 AND e.id > ? ORDER BY e.id LIMIT 500`;

/** Of a corrupt file, so many copies are named, and no more than so many are read to find them. */
const COPIES_NAMED = 3;
const COPIES_READ = 16;

/** Holds files against the hashes that the library knows of them. */
export class ContentChecker {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #hashing: Hashing;
  readonly #whole: WholeFileHasher;
  readonly #places: EntryPlaces;
  readonly #onBytes: (count: number) => boolean;

  /** `onBytes` is told what is read, and answers whether to stop. */
  constructor(parts: {
    db: ReadConnection;
    files: ReadFiles;
    hashing: Hashing;
    whole: WholeFileHasher;
    onBytes: (count: number) => boolean;
  }) {
    this.#db = parts.db;
    this.#files = parts.files;
    this.#hashing = parts.hashing;
    this.#whole = parts.whole;
    this.#onBytes = parts.onBytes;
    this.#places = new EntryPlaces(parts.db);
  }

  /** Some files of a folder whose content is known, with ids above `after`, in that order. */
  filesOf(folder: number, after: number): FileWithContent[] {
    return this.#db.prepare<FileWithContent>(FILES).all(folder, after);
  }

  check(file: FileWithContent, path: string): CheckedFile {
    const found = this.#hash(file, path);
    if (found.type !== 'hash') return found;
    const full = file.full_hash !== null;
    const expected = file.full_hash ?? file.hash;
    if (toHex(found.hash) === toHex(expected)) return { type: 'right', full };
    const copies = this.#rightCopies(file);
    if (copies === 'stopped') return { type: 'stopped' };
    return {
      type: 'corrupt',
      full,
      corrupt: {
        path: showNative(path),
        entry: file.id,
        reason: 'its content is another, though its size and time are the same',
        content_id: uuidToText(contentUuid(file.hash)),
        compared: full ? 'full' : 'sampled',
        expected: toHex(expected),
        found: toHex(found.hash),
        copies,
      },
    };
  }

  /** The hash of the file as the index has it, of all bytes where such a one is known. */
  #hash(
    file: FileWithContent,
    path: string,
  ): Exclude<CheckedFile, { type: 'right' | 'corrupt' }> | { type: 'hash'; hash: Uint8Array } {
    try {
      if (!isAs(file, this.#files.facts(path))) return { type: 'changed' };
      if (file.full_hash) {
        const whole = this.#whole.hash(path, file, this.#onBytes);
        if (whole.type === 'problem')
          return isAs(file, this.#files.facts(path))
            ? { type: 'unreadable', reason: whole.reason }
            : { type: 'changed' };
        return whole.type === 'stopped' ? whole : { type: 'hash', hash: whole.hash };
      }
      const { prefix, ranges } = samplingPlan(file.size);
      const sampled = this.#hashing.file(path, file.size, prefix, ranges);
      if (this.#onBytes(ranges ? ranges.reduce((sum, { length }) => sum + length, 0) : file.size))
        return { type: 'stopped' };
      // Written to while it was read, or written to and dated back: only the first can be told, and is no corruption.
      if (!sampled || !isAs(file, this.#files.facts(path))) return { type: 'changed' };
      return { type: 'hash', hash: sampled.hash };
    } catch (error) {
      const { code, message } = asSdError(error);
      if (code === 'NOT_FOUND') return { type: 'changed' };
      return { type: 'unreadable', reason: code === 'INTERNAL' ? String(error) : message };
    }
  }

  /** Other files of the content that hold it still. */
  #rightCopies(file: FileWithContent): string[] | 'stopped' {
    const right: string[] = [];
    let read = 0;
    for (const copy of copiesOf(this.#db, file.content_id)) {
      if (copy.id === file.id || copy.parent_id === null || copy.inode === file.inode) continue;
      const place = this.#places.of(copy.parent_id);
      if (!place) continue;
      const path = joinNative(place.path, nameOfStored(copy.name));
      // What is held against the hash of all bytes of the one is read whole in the other.
      const found = this.#hash(
        { ...copy, content_id: file.content_id, hash: file.hash, full_hash: file.full_hash },
        path,
      );
      if (found.type === 'stopped') return 'stopped';
      if (found.type === 'hash' && toHex(found.hash) === toHex(file.full_hash ?? file.hash))
        right.push(showNative(path));
      if (right.length === COPIES_NAMED || ++read === COPIES_READ) break;
    }
    return right;
  }
}

function isAs(file: { size: number; mtime: number; inode: number }, facts: FileFacts | undefined): boolean {
  return facts?.type === 0 && facts.size === file.size && facts.mtime === file.mtime && facts.inode === file.inode;
}
