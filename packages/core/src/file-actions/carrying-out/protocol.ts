import type { Carried } from '../../domain/carried.ts';
import type { PlainError } from '../../errors.ts';
import type { LibraryAccess } from '../../libraries/library.ts';

/** A folder on whose file system steps work. A plan goes on only while what is mounted there is the same. */
export interface CarryPlace {
  /** Native path. */
  readonly path: string;
  /** As the system numbers it until it is unmounted. */
  readonly device: number;
}

/** A library, as the thread that carries out plans needs it. */
export interface CarrierLibrary extends LibraryAccess {
  /** Native path of `actions.db`. */
  readonly actionsPath: string;
  /** Of the write lock. */
  readonly owner: number;
}

export type ToCarrier =
  /** Opens its databases: the first message. */
  | { readonly type: 'open'; readonly library: CarrierLibrary }
  /** Goes on with the plan where it is. It stops at the next step once `stop[0]` is not 0. */
  | { readonly type: 'carry-out'; readonly task: CarryTask }
  /** Takes away what a plan that goes no further has left beside its targets. */
  | { readonly type: 'tidy'; readonly plan: string }
  /** Answers `want-turn`; `given` is false where the library closes. */
  | { readonly type: 'turn'; readonly given: boolean }
  | { readonly type: 'close' };

export interface CarryTask {
  /** UUID. */
  readonly plan: string;
  /** Of the action that committed it. */
  readonly receipt: string;
  readonly stop: SharedArrayBuffer;
}

export type FromCarrier =
  | { readonly type: 'want-turn' }
  /** The turn is over; what it has changed. */
  | { readonly type: 'turn-over'; readonly folders: readonly FolderChange[] }
  | { readonly type: 'progress'; readonly progress: CarryProgress }
  | { readonly type: 'end'; readonly end: CarryEnd }
  | { readonly type: 'failed'; readonly error: PlainError; readonly carried: Carried | undefined }
  | { readonly type: 'tidied' }
  | { readonly type: 'closed' };

/** A folder in which steps have changed something. */
export interface FolderChange {
  /** Native path. */
  readonly path: string;
  readonly added: number;
  readonly modified: number;
  readonly removed: number;
}

export interface CarryProgress {
  readonly phase: string;
  /** Steps. */
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly bytesTotal: number;
  /** Native path of what it works on. */
  readonly path: string;
  readonly problems: CarryProblems;
}

/** Steps that failed; `count` of all, the first of which are named. */
export interface CarryProblems {
  readonly count: number;
  readonly named: readonly { readonly item: string; readonly reason: string }[];
}

/** `finished` is false where it was told to stop first. */
export interface CarryEnd {
  readonly finished: boolean;
  readonly carried: Carried;
  readonly problems: CarryProblems;
}
