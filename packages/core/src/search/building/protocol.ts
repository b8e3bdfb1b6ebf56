import type { NamesMeta } from '../../db/names/meta.ts';
import type { PlainError } from '../../errors.ts';

/** What the builder's thread needs to know of a library; goes over `postMessage`. */
export interface IndexedLibrary {
  readonly databasePath: string;
  readonly namesPath: string;
  readonly key: Uint8Array;
  readonly deviceId: Uint8Array;
  /** Memory of the write lock, and the thread's number in it. */
  readonly lock: SharedArrayBuffer;
  readonly owner: number;
}

export type BuilderRequest =
  | {
      readonly type: 'start';
      readonly library: IndexedLibrary;
      /** One Int32; anything but 0 asks to stop. */ readonly stop: SharedArrayBuffer;
    }
  /** Every entry id below `bound` is committed, or never will be. */
  | { readonly type: 'build'; readonly bound: number }
  | { readonly type: 'close' };

export type BuilderReport =
  | { readonly type: 'renewed'; readonly why: string }
  | { readonly type: 'progress'; readonly meta: NamesMeta; readonly total: number }
  | { readonly type: 'built'; readonly complete: boolean }
  | { readonly type: 'failed'; readonly error: PlainError }
  | { readonly type: 'closed' };
