import type { Carried } from '../../domain/carried.ts';
import type { PlainError } from '../../errors.ts';
import type { LibraryAccess } from '../../libraries/library.ts';
import type { PassedReport } from '../../watching/protocol.ts';

/** A folder on whose file system steps work. A plan goes on only while what is mounted there is the same. */
export interface CarryPlace {
  /** Native path. */
  readonly path: string;
  /** As the system numbers it until it is unmounted; absent where it has another number by now, but is the same. */
  readonly device?: number | undefined;
}

/** A library, as the thread that carries out plans needs it. */
export interface CarrierLibrary extends LibraryAccess {
  /** Native path of `actions.db`. */
  readonly actionsPath: string;
  /** Of the write lock. */
  readonly owner: number;
}

export type ToCarrier =
  /** Opens its databases: the first message. `copier`: to the thread that makes copies beside it, where there is one. */
  | { readonly type: 'open'; readonly library: CarrierLibrary; readonly copier: MessagePort | undefined }
  /** Goes on with the plan where it is. It stops at the next step once `stop[0]` is not 0. */
  | { readonly type: 'carry-out'; readonly task: CarryTask }
  /** Brings what the plan has begun to its end, and takes away what it has left beside its targets. It goes no further. */
  | { readonly type: 'tidy'; readonly task: CarryTask }
  /** Answers `want-turn`; `given` is false where the library closes. */
  | { readonly type: 'turn'; readonly given: boolean }
  | { readonly type: 'close' };

export interface CarryTask {
  /** UUID. */
  readonly plan: string;
  /** Of the action that committed it. */
  readonly receipt: string;
  /** It was begun before, and may have been ended in the middle of anything. */
  readonly resumed: boolean;
  /** Where it works; empty where it was not begun before. */
  readonly places: readonly CarryPlace[];
  readonly stop: SharedArrayBuffer;
}

export type FromCarrier =
  | { readonly type: 'want-turn' }
  /** The turn is over; what came into the index. */
  | { readonly type: 'turn-over'; readonly report: PassedReport }
  /** Where it works, before it changes anything. */
  | { readonly type: 'begun'; readonly places: readonly CarryPlace[] }
  | { readonly type: 'progress'; readonly progress: CarryProgress }
  | { readonly type: 'end'; readonly end: CarryEnd }
  /** What came of it until it fails: `failed` follows. */
  | { readonly type: 'left'; readonly end: CarryEnd }
  | { readonly type: 'failed'; readonly error: PlainError }
  | { readonly type: 'closed' };

export interface CarryProgress {
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
