import type { AcceptedLoss } from '../domain/location.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { FileBatch, IdentifiedBatch } from './identify-protocol.ts';
import type { WalkedBatch } from './scan-protocol.ts';

/** What the writer thread is told; each but `start` and `batch` is answered once. */
export type ToWriter =
  | {
      readonly type: 'start';
      readonly library: LibraryAccess;
      readonly owner: number;
      readonly root: { readonly id: number; readonly path: string };
      readonly identify: boolean;
      readonly control: SharedArrayBuffer;
      readonly slots: readonly SharedArrayBuffer[];
      readonly firstNewId: number;
      /** What would lose much of the location stays, but for this. */
      readonly accepted: AcceptedLoss | undefined;
    }
  | { readonly type: 'batch'; readonly batch: WalkedBatch }
  /** All batches were sent: settle what was missing. */
  | { readonly type: 'settle' }
  | { readonly type: 'roll-up' }
  | { readonly type: 'files'; readonly batches: number }
  | { readonly type: 'identified'; readonly batch: IdentifiedBatch }
  /** No more of them come. */
  | { readonly type: 'store-rest' }
  | { readonly type: 'sweep'; readonly root: number }
  | { readonly type: 'close' };

export type FromWriter =
  | { readonly type: 'written'; readonly added: number; readonly modified: number; readonly moved: number }
  /** So many more on the way to `settled`. */
  | { readonly type: 'settling'; readonly moved: number; readonly removed: number }
  /** `held`: so many entries are not on the disk any more and stay, until somebody says so. */
  | { readonly type: 'settled'; readonly held?: { readonly wouldRemove: number; readonly of: number } }
  | { readonly type: 'rolled-up' }
  | {
      readonly type: 'files';
      readonly batches: readonly FileBatch[];
      readonly total: { readonly files: number; readonly bytes: number };
    }
  | { readonly type: 'stored'; readonly files: number; readonly bytes: number }
  | { readonly type: 'rest-stored'; readonly files: number; readonly bytes: number }
  | { readonly type: 'swept' }
  /** With what was still to be stored. */
  | { readonly type: 'closed'; readonly files: number; readonly bytes: number }
  | { readonly type: 'failed'; readonly error: PlainError };
