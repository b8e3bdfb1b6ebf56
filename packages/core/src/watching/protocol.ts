import type { ChangeCounts } from '../domain/scan.ts';
import type { LocationWatch } from '../domain/location.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';

/** How a library is watched. */
export interface WatchOptions {
  /** At most so many watches, whatever the system allows. */
  readonly limit?: number;
  /** How often what is not watched is looked at, in milliseconds. */
  readonly pollMs?: number;
}

/** Locations whose changes are not told, by id, with why. */
export type Unwatchable = Readonly<Record<string, string>>;

export type ToWatcher =
  | {
      readonly type: 'start';
      readonly library: LibraryAccess;
      /** Of the write lock. */
      readonly owner: number;
      readonly options: WatchOptions & {
        /** When the library was opened: what was scanned before is to be caught up with. Milliseconds since the epoch. */
        readonly openedAt: number;
      };
      readonly unwatchable: Unwatchable;
    }
  /** Answers `want-turn`. */
  | { readonly type: 'turn' }
  /** The locations, their rules, what is known of their folders or whether they are there may have changed. */
  | { readonly type: 'look'; readonly unwatchable: Unwatchable }
  /** To be answered with the same number once all that had happened by now is in the index. */
  | { readonly type: 'settle'; readonly number: number }
  /** Scans that were to leave what is missing have ended: it is settled now. */
  | { readonly type: 'settle-missing' }
  /** Nothing is to be expected now: what memory it can spare it gives back. */
  | { readonly type: 'rest' }
  | { readonly type: 'stop' };

export type FromWatcher =
  /** A pass is due. It ends with `passed`. */
  | { readonly type: 'want-turn' }
  | { readonly type: 'passed'; readonly report: PassedReport }
  /** These are watched from now on; what happened before is still to be found out by a scan. */
  | { readonly type: 'watched'; readonly locations: readonly string[] }
  | { readonly type: 'state'; readonly state: WatcherState }
  | { readonly type: 'settled'; readonly number: number }
  | { readonly type: 'failed'; readonly error: PlainError }
  | { readonly type: 'stopped' };

/** What a pass found, by location. */
export interface PassedReport {
  readonly locations: readonly PassedLocation[];
  /** Why it did not come to its end; what it was to look at will be looked at again. */
  readonly error?: PlainError;
}
export interface PassedLocation {
  /** UUID. */
  readonly id: string;
  /** Native path. */
  readonly path: string;
  /** Folders in which something changed, some of them where there are many: `all` is how many. */
  readonly folders: readonly FolderNews[];
  readonly all: number;
  /** In all of them. */
  readonly changes: ChangeCounts;
  /** Files that are new or changed were identified, or are left to a job. */
  readonly identified: 'none' | 'all' | 'left';
  /** It would have lost more than it may without a question. */
  readonly braked: boolean;
}
export interface FolderNews {
  /** Native path. */
  readonly path: string;
  readonly added: number;
  readonly modified: number;
  readonly removed: number;
}

export interface WatcherState {
  /** By location id. */
  readonly locations: Readonly<Record<string, LocationWatch>>;
  /** Folders that are to be looked at again. */
  readonly waiting: number;
}
