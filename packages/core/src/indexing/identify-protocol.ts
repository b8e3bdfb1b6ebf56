import type { PlainError } from '../errors.ts';

/** Files whose content is to be identified, by folder. */
export interface FileBatch {
  readonly number: number;
  /** Paths of the folders, joined by NUL, which is in no path. */
  readonly folders: string;
  /** Names, joined by `/`. */
  readonly names: string;
  /** Per file: which of `folders`. */
  readonly folderOf: Uint32Array;
  readonly ids: Float64Array;
  readonly sizes: Float64Array;
  readonly mtimes: Float64Array;
}

/** `outcomes` and `kinds` by file; 32 bytes of `hashes` each. */
export interface IdentifiedBatch {
  readonly number: number;
  readonly outcomes: Uint8Array;
  readonly kinds: Uint8Array;
  readonly hashes: Uint8Array;
  readonly ids: Float64Array;
  readonly sizes: Float64Array;
  readonly mtimes: Float64Array;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

export const IDENTIFIED = 0;
/** Its size is not what the scan saw: the next scan takes it up. */
export const CHANGED = 1;
export const VANISHED = 2;
export const UNREADABLE = 3;

export type ToHasher = FileBatch | { readonly control: SharedArrayBuffer };
export type FromHasher = { readonly identified: IdentifiedBatch } | { readonly failed: PlainError };
