import { closeSync, fstatSync, lstatSync, openSync } from 'node:fs';
import { Blake3Hasher, blake3 } from '@napi-rs/blake-hash';
import type { Hashing } from '@sd/core/ports/hashing.ts';
import { argon2id } from 'hash-wasm';
import { guarded } from './fs-errors.ts';
import { OPEN_SAFELY, fill } from './read-files.ts';
import { type SystemPath, reach } from './system-path.ts';

/** Up to here a file is read whole and hashed in one call, which is several times faster for small ones. */
const ONE_SHOT_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const HEAD_BYTES = 4100;

/** The `Hashing` port. One per thread: `file` reads into a buffer it keeps. */
export function nodeHashing(): Hashing {
  const buffer = Buffer.allocUnsafeSlow(ONE_SHOT_BYTES + 1);
  const head = Buffer.allocUnsafeSlow(HEAD_BYTES);

  type Range = { readonly start: number; readonly length: number };

  function hashOpen(
    file: number,
    size: number,
    prefix: Uint8Array,
    ranges: readonly Range[] | undefined,
  ): { hash: Uint8Array; head: Uint8Array } | undefined {
    if (!ranges && prefix.length + size <= ONE_SHOT_BYTES) return small(file, size, prefix);
    const facts = fstatSync(file);
    if (!facts.isFile() || facts.size !== size) return undefined;
    const headLength = fill(file, head.subarray(0, Math.min(size, HEAD_BYTES)), 0);
    const hasher = new Blake3Hasher();
    hasher.update(asBuffer(prefix));
    for (const { start, length } of ranges ?? [{ start: 0, length: size }]) {
      for (let done = 0; done < length;) {
        const part = buffer.subarray(0, Math.min(CHUNK_BYTES, length - done));
        if (fill(file, part, start + done) < part.length) return undefined;
        hasher.update(part);
        done += part.length;
      }
    }
    return { hash: hasher.digestBuffer(), head: head.subarray(0, headLength) };
  }

  /** Asks for one byte more than there should be, which tells a changed size without another system call. */
  function small(file: number, size: number, prefix: Uint8Array): { hash: Uint8Array; head: Uint8Array } | undefined {
    buffer.set(prefix);
    const end = prefix.length + size;
    if (fill(file, buffer.subarray(prefix.length, end + 1), 0) !== size) return undefined;
    return {
      hash: blake3(buffer.subarray(0, end)),
      head: buffer.subarray(prefix.length, prefix.length + Math.min(size, HEAD_BYTES)),
    };
  }

  return {
    blake3: (bytes) => blake3(asBuffer(bytes)),
    incremental: () => {
      const hasher = new Blake3Hasher();
      return { update: (bytes) => void hasher.update(asBuffer(bytes)), digest: () => hasher.digestBuffer() };
    },
    file: (path, size, prefix = NOTHING, ranges) =>
      guarded(path, 'read', () =>
        reach(path, (system) => {
          if (size === 0) return isEmptyFile(system) ? { hash: blake3(asBuffer(prefix)), head: NOTHING } : undefined;
          const file = openSync(system, OPEN_SAFELY);
          try {
            return hashOpen(file, size, prefix, ranges);
          } finally {
            closeSync(file);
          }
        }),
      ),
    passphraseKey: (passphrase, salt, cost) =>
      argon2id({
        password: passphrase.normalize('NFC'),
        salt,
        memorySize: cost.memoryKiB,
        iterations: cost.passes,
        parallelism: cost.lanes,
        hashLength: 32,
        outputType: 'binary',
      }),
  };
}

const NOTHING = new Uint8Array(0);

/**
 * An empty file needs no opening, and must not be opened: one may be a lock that this very process holds, which would
 * be gone when any handle of it closes (see `Sqlite.open`).
 */
function isEmptyFile(path: SystemPath): boolean {
  const facts = lstatSync(path);
  return facts.isFile() && facts.size === 0;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
