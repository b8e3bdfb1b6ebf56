/**
 * What is hashed to tell what a file is: all of it up to `WHOLE_UP_TO`; above, its size, its head, evenly spaced
 * samples and its tail. Two big files with the same size and samples are *candidates* for being equal, no more: only
 * the full hash may back a deletion. The plan is part of every content id ever made and must not change.
 */
export const WHOLE_UP_TO = 128 * 1024;

const END_BYTES = 8 * 1024;
const SAMPLES = 4;
const SAMPLE_BYTES = 10 * 1024;

/** The input of `Hashing.file`: `prefix`, then the bytes of the ranges in order; no ranges mean the whole file. */
export interface SamplingPlan {
  readonly prefix?: Uint8Array;
  readonly ranges?: readonly { readonly start: number; readonly length: number }[];
}

const WHOLE: SamplingPlan = {};

/** Whether the content hash of a file of this size is its full hash as well. */
export function isWhole(size: number): boolean {
  return size <= WHOLE_UP_TO;
}

export function samplingPlan(size: number): SamplingPlan {
  if (isWhole(size)) return WHOLE;
  const unread = size - 2 * END_BYTES - SAMPLES * SAMPLE_BYTES;
  const samples = Array.from({ length: SAMPLES }, (_, index) => ({
    start: END_BYTES + Math.floor((unread * (index + 1)) / (SAMPLES + 1)) + index * SAMPLE_BYTES,
    length: SAMPLE_BYTES,
  }));
  return {
    prefix: sizePrefix(size),
    ranges: [{ start: 0, length: END_BYTES }, ...samples, { start: size - END_BYTES, length: END_BYTES }],
  };
}

/** How many bytes a plan for that size reads. */
export function sampledBytes(size: number): number {
  return isWhole(size) ? size : 2 * END_BYTES + SAMPLES * SAMPLE_BYTES;
}

/** The size as eight bytes, little-endian. */
function sizePrefix(size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, size >>> 0, true);
  view.setUint32(4, Math.floor(size / 2 ** 32), true);
  return bytes;
}
