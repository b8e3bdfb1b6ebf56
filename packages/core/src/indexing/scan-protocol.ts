import type { LocationRules } from '../domain/location.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';

/** A folder to be walked: the id of its entry, its native path, and whether the index may know children of it. */
export interface WalkFolder {
  readonly id: number;
  readonly path: string;
  readonly known: boolean;
}

/** What a walker is told. */
export type ToWalker =
  | {
      readonly type: 'start';
      readonly library: LibraryAccess;
      readonly root: { readonly id: number; readonly path: string };
      /** The other locations from which a folder may have been moved here. */
      readonly otherRoots: readonly { readonly id: number; readonly path: string }[];
      /** Nothing of the location is indexed yet. */
      readonly first: boolean;
      readonly rules: LocationRules;
      /** Device number of the only file system to walk; absent: all of them. */
      readonly device?: number;
      /** Compare every folder's rows, whatever its signature says. */
      readonly full: boolean;
      readonly control: SharedArrayBuffer;
      readonly slots: readonly SharedArrayBuffer[];
      /** The number of the first of `slots` among all. */
      readonly firstSlot: number;
    }
  | { readonly type: 'folders'; readonly folders: readonly WalkFolder[] };

/** What a walker says. */
export type FromWalker =
  | WalkedBatch
  /** Folders for a walker that has none. */
  | { readonly type: 'spare'; readonly folders: readonly WalkFolder[] }
  /** It has none left; its last batch was sent before. */
  | { readonly type: 'idle' }
  | { readonly type: 'failed'; readonly error: PlainError };

/** What a walker found since its last batch, in the order in which it must be written. */
export interface WalkedBatch {
  readonly type: 'batch';
  /** Number of the slot, or -1 where there are no rows. */
  readonly slot: number;
  readonly rows: number;
  /** The rows' names, joined by `/`. */
  readonly names: string;
  /** Folders that were compared and differed: `FOLDER_FACTS` numbers each. */
  readonly folders: Float64Array;
  /** Ids of entries that were not listed any more. */
  readonly missing: Float64Array;
  /** Ids of entries whose name a row of this batch takes, being another type of thing. */
  readonly displaced: Float64Array;
  /** A known folder of which these are some of the rows, its facts being still to come. */
  readonly open?: number;
  readonly counts: WalkCounts;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  /** The folder it looks at now. */
  readonly at: string;
}

/** Counted since the last batch. */
export interface WalkCounts {
  files: number;
  folders: number;
  other: number;
  bytes: number;
  unreadable: number;
  vanished: number;
  left_out: number;
}

/** id, signature (-1: none), bytes, files and folders of its direct children, number of children. */
export const FOLDER_FACTS = 6;

export function noCounts(): WalkCounts {
  return { files: 0, folders: 0, other: 0, bytes: 0, unreadable: 0, vanished: 0, left_out: 0 };
}
