import { type BigIntStats, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { CopiedFile } from '@sd/core/ports/user-files.ts';
import { clones, copiesRanges, isNoWay, nextData, nextHole } from './copy-calls.ts';

/** What is read and written at a time where the kernel does not copy: also whole small files, which is quicker so. */
const BUFFER = 1024 * 1024;
const SMALL = 256 * 1024;
/** What the kernel copies at a time: long enough to cost nothing, short enough to be stopped. */
const PIECE = 32 * 1024 * 1024;

type How = CopiedFile['how'];
/** Is told of bytes that are there; `false` is answered to stop. */
export type OnBytes = (count: number) => boolean;

let buffer: Buffer | undefined;

/**
 * Copies the bytes of an open file into another, which is new: as a clone where the file system can, else by the kernel,
 * else through this thread's memory. What the file has no bytes for (holes) gets none. `undefined`: it was stopped.
 */
export function copyBytes(
  from: number,
  to: number,
  facts: BigIntStats,
  into: number,
  onBytes: OnBytes,
): How | undefined {
  const size = Number(facts.size);
  if (size === 0) return 'stream';
  if (clones(from, to, Number(facts.dev), into)) return onBytes(size) ? 'clone' : undefined;
  const copier = new Copier(from, to, onBytes);
  if (size <= SMALL) return copier.stream(0, size) ? 'stream' : undefined;
  const done = isSparse(facts) ? copier.segments(size) : copier.range(0, size);
  return done ? copier.how : undefined;
}

function isSparse({ size, blocks }: BigIntStats): boolean {
  return blocks * 512n < size;
}

class Copier {
  readonly #from: number;
  readonly #to: number;
  readonly #onBytes: OnBytes;
  #byKernel = copiesRanges() !== undefined;

  constructor(from: number, to: number, onBytes: OnBytes) {
    this.#from = from;
    this.#to = to;
    this.#onBytes = onBytes;
  }

  get how(): How {
    return this.#byKernel ? 'kernel' : 'stream';
  }

  /** Only where there is data; the length is set at the end, for a file may end in a hole. */
  segments(size: number): boolean {
    let at = nextData(this.#from, 0);
    // It cannot be asked: then there are no holes that could be found.
    if (at === undefined) return this.range(0, size);
    while (at < size) {
      const end = Math.min(nextHole(this.#from, at) ?? size, size);
      if (!this.range(at, end)) return false;
      at = nextData(this.#from, end) ?? size;
    }
    ftruncateSync(this.#to, size);
    return true;
  }

  /** Ends early where the file does, for somebody may cut it meanwhile: the facts of both tell. */
  range(start: number, end: number): boolean {
    let at = start;
    while (this.#byKernel && at < end) {
      const copied = this.#kernel(at, Math.min(PIECE, end - at));
      if (copied === undefined) break;
      if (copied === 0) return true;
      at += copied;
      if (!this.#onBytes(copied)) return false;
    }
    return this.stream(at, end);
  }

  stream(start: number, end: number): boolean {
    buffer ??= Buffer.allocUnsafeSlow(BUFFER);
    for (let at = start; at < end;) {
      const read = readSync(this.#from, buffer, 0, Math.min(BUFFER, end - at), at);
      if (read === 0) break;
      for (let written = 0; written < read;)
        written += writeSync(this.#to, buffer, written, read - written, at + written);
      at += read;
      if (!this.#onBytes(read)) return false;
    }
    return true;
  }

  /** `undefined`: not between these two files. */
  #kernel(at: number, length: number): number | undefined {
    try {
      return copiesRanges()?.(this.#from, this.#to, at, length);
    } catch (error) {
      if (!isNoWay(error)) throw error;
      this.#byKernel = false;
      return undefined;
    }
  }
}
