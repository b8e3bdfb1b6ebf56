import { SYMLINK } from '../../domain/entry.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { Hashing } from '../../ports/hashing.ts';

/** Up to here a file is hashed in one call; above, in chunks, between which it can be stopped. */
const ONE_CALL_BYTES = 8 * 2 ** 20;
const CHUNK_BYTES = 4 * 2 ** 20;

/** Told of bytes that were read; answers whether to go on. */
export type OnRead = (count: number) => boolean;

/** Reads files whole, to say whether two of them are the same. */
export class ContentReader {
  readonly #files: ReadFiles;
  readonly #hashing: Hashing;
  #chunks: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] | undefined;

  constructor(files: ReadFiles, hashing: Hashing) {
    this.#files = files;
    this.#hashing = hashing;
  }

  /** Full BLAKE3; `undefined`: told to stop. Throws `CONFLICT` where the file has not that size. */
  hash(path: string, size: number, onRead: OnRead): Uint8Array | undefined {
    if (size > ONE_CALL_BYTES) return this.#inChunks(path, size, onRead);
    const hash = this.#hashing.file(path, size)?.hash;
    if (!hash) throw changed(path);
    return onRead(size) ? Uint8Array.from(hash) : undefined;
  }

  /**
   * Reads back what was copied, and the file it was copied from: both hashes are to be the same. Answers it, nothing of
   * a link that leads to the same, `stopped` where it was told to stop. Throws `CONFLICT` where they differ.
   */
  readBack(from: string, to: string, facts: FileFacts, onRead: OnRead): Uint8Array | 'stopped' | undefined {
    if (facts.type === SYMLINK) {
      if (this.#files.linkTarget(from) === this.#files.linkTarget(to)) return undefined;
      throw new SdError('CONFLICT', 'the copy of the link leads elsewhere');
    }
    const source = this.hash(from, facts.size, onRead);
    const target = source && this.hash(to, facts.size, onRead);
    if (!source || !target) return 'stopped';
    if (source.some((byte, at) => byte !== target[at]))
      throw new SdError('CONFLICT', 'what was read back from the disk is not what was copied');
    return target;
  }

  /** Compares byte by byte; answers the BLAKE3 of both, `stopped` where told to stop. Throws `CONFLICT` where they differ. */
  compare(one: string, other: string, size: number, onRead: OnRead): Uint8Array | 'stopped' {
    const [here, there] = (this.#chunks ??= [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)]);
    const hasher = this.#hashing.incremental();
    for (let at = 0; at < size;) {
      const length = Math.min(CHUNK_BYTES, size - at);
      this.#read(one, here.subarray(0, length), at);
      this.#read(other, there.subarray(0, length), at);
      if (!sameBytes(here, there, length)) throw new SdError('CONFLICT', 'the two files are not the same');
      hasher.update(here.subarray(0, length));
      at += length;
      if (!onRead(length)) return 'stopped';
    }
    return hasher.digest();
  }

  #inChunks(path: string, size: number, onRead: OnRead): Uint8Array | undefined {
    const [chunk] = (this.#chunks ??= [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)]);
    const hasher = this.#hashing.incremental();
    for (let at = 0; at < size;) {
      const part = chunk.subarray(0, Math.min(CHUNK_BYTES, size - at));
      this.#read(path, part, at);
      hasher.update(part);
      at += part.length;
      if (!onRead(part.length)) return undefined;
    }
    return hasher.digest();
  }

  #read(path: string, into: Uint8Array, at: number): void {
    if (this.#files.readAt(path, into, at) < into.length) throw changed(path);
  }
}

function changed(path: string): SdError {
  return new SdError('CONFLICT', `${path} changed while it was read`);
}

/** Both hold a whole number of 32-bit words; what is beyond `length` is compared by bytes. */
function sameBytes(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>, length: number): boolean {
  const words = length >>> 2;
  const [a, b] = [new Uint32Array(one.buffer, 0, words), new Uint32Array(other.buffer, 0, words)];
  for (let at = 0; at < words; at++) if (a[at] !== b[at]) return false;
  for (let at = words * 4; at < length; at++) if (one[at] !== other[at]) return false;
  return true;
}
