import { asSdError } from '../errors.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';

/** Up to here a file is hashed in one call; above, in chunks, between which it can be stopped. */
const ONE_CALL_BYTES = 8 * 2 ** 20;
const CHUNK_BYTES = 4 * 2 ** 20;
const FILE = 0;

/** What the index believes of a file. */
export interface ExpectedFile {
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
}

/** `stopped` leaves nothing behind; a `problem` is said for people. */
export type WholeHash =
  | { readonly type: 'hash'; readonly hash: Uint8Array; readonly facts: FileFacts }
  | { readonly type: 'problem'; readonly reason: string }
  | { readonly type: 'stopped' };

/**
 * Full BLAKE3 of the file at `path`. It is trusted only if the file is the one the index knows, before it is read and
 * after: what changes meanwhile has no one content.
 */
export class WholeFileHasher {
  readonly #files: ReadFiles;
  readonly #hashing: Hashing;
  readonly #chunk = new Uint8Array(CHUNK_BYTES);

  constructor(files: ReadFiles, hashing: Hashing) {
    this.#files = files;
    this.#hashing = hashing;
  }

  /** `onBytes` answers whether to stop. */
  hash(path: string, expected: ExpectedFile, onBytes: (count: number) => boolean): WholeHash {
    try {
      const before = this.#files.facts(path);
      if (!before) return { type: 'problem', reason: 'it is gone' };
      if (before.type !== FILE) return { type: 'problem', reason: 'it is no file any more' };
      if (!isAs(expected, before))
        return { type: 'problem', reason: 'it has changed since it was indexed; rescan its location' };
      const hash =
        expected.size <= ONE_CALL_BYTES
          ? this.#hashing.file(path, expected.size)?.hash
          : this.#inChunks(path, expected.size, onBytes);
      if (hash === 'stopped') return { type: 'stopped' };
      const after = this.#files.facts(path);
      if (!hash || !after || after.inode !== before.inode || !isAs(expected, after))
        return { type: 'problem', reason: 'it changed while it was read' };
      if (expected.size <= ONE_CALL_BYTES) onBytes(expected.size);
      return { type: 'hash', hash: Uint8Array.from(hash), facts: after };
    } catch (error) {
      return { type: 'problem', reason: asSdError(error).message };
    }
  }

  #inChunks(path: string, size: number, onBytes: (count: number) => boolean): Uint8Array | 'stopped' | undefined {
    const hasher = this.#hashing.incremental();
    for (let at = 0; at < size;) {
      const part = this.#chunk.subarray(0, Math.min(CHUNK_BYTES, size - at));
      if (this.#files.readAt(path, part, at) < part.length) return undefined;
      hasher.update(part);
      at += part.length;
      if (onBytes(part.length)) return 'stopped';
    }
    return hasher.digest();
  }
}

function isAs(expected: ExpectedFile, facts: FileFacts): boolean {
  return facts.size === expected.size && facts.mtime === expected.mtime;
}
