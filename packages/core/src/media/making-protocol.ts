import { z } from 'zod';
import type { SidecarKind } from '../domain/sidecar.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { MediaOutcome, MediaRequest } from '../ports/media.ts';

/** How far the making of sidecars is. What it has done is in the library, and not done again. */
export const makingStateSchema = z.object({
  /** Every content up to this id is done. */
  after: z.int(),
  /** The library's revision when it began. */
  revision: z.int().optional(),
  /** Contents looked at, and of them those that were read. */
  contents: z.int(),
  read: z.int(),
  /** Bytes of the files that were read. */
  bytes: z.int(),
  made: z.int(),
  none: z.int(),
  failed: z.int(),
  /** Contents of which no file could be read now; of `postponed` ones no change of an entry will tell when they can be. */
  unread: z.int(),
  postponed: z.int(),
});
export type MakingState = z.infer<typeof makingStateSchema>;

export const MAKING_BEGIN: MakingState = {
  after: 0,
  contents: 0,
  read: 0,
  bytes: 0,
  made: 0,
  none: 0,
  failed: 0,
  unread: 0,
  postponed: 0,
};

/** Of which contents sidecars are made: those named, or those with a file in one of the locations. */
export interface MakingScope {
  /** UUIDs, which the thread looks up: there may be thousands. */
  readonly contents?: readonly string[];
  /** Ids of locations; every `deep` one where both are absent. */
  readonly locations?: readonly number[];
  readonly kinds?: readonly SidecarKind[];
  /** Also what failed, and what is said to be made and whose file is gone. */
  readonly retry?: boolean;
}

export interface MakingBegin {
  readonly type: 'begin';
  readonly library: LibraryAccess;
  /** The folder of the library. */
  readonly folder: string;
  readonly sidecarKey: Uint8Array;
  /** The thread's number for the library's write lock. */
  readonly owner: number;
  readonly scope: MakingScope;
  readonly state: MakingState;
  /** Files that are read at the same time. */
  readonly atOnce: number;
  /** Programs of the system that help. */
  readonly tools: readonly string[];
  /** Not 0: stop. A message says it too, as the thread may be waiting for one. */
  readonly stop: SharedArrayBuffer;
}

/** What came of a file. `outcome` has no `text`: that is put elsewhere, and weighs `textBytes`. */
export type ReadFile =
  | { readonly type: 'read'; readonly outcome: Omit<MediaOutcome, 'text'>; readonly textBytes?: number }
  | { readonly type: 'killed'; readonly reason: string }
  /** It could not be opened. `changed`: it is gone or another one, which the index will hear of. */
  | { readonly type: 'refused'; readonly reason: string; readonly changed: boolean };

/** What sweeps sidecars needs: the library, as `MakingBegin` has it. */
export interface SweepBegin extends Pick<MakingBegin, 'library' | 'folder' | 'sidecarKey' | 'owner' | 'stop'> {
  readonly type: 'sweep';
}

/** What a sweep removed; `bytes` of files. */
export interface SweepResult {
  readonly contents: number;
  readonly files: number;
  readonly bytes: number;
  /** Rows of sidecars whose file was gone: they are made again. */
  readonly lost: number;
}

export type MakingRequest =
  | MakingBegin
  | SweepBegin
  | { readonly type: 'file'; readonly content: number; readonly file: ReadFile; readonly atOnce: number }
  /** Files are read whose text is still on its way to its index: others may be read meanwhile. */
  | { readonly type: 'more'; readonly atOnce: number }
  | { readonly type: 'stop' };

export interface FileToRead {
  readonly content: number;
  readonly hash: Uint8Array;
  readonly request: MediaRequest;
  /** It has a text in the index. */
  readonly hadText: boolean;
}

export interface MakingProgress {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  /** The file being read, for people. */
  readonly path: string;
}

/** `saved`: all that `state` counts is in the library; `contents` are the UUIDs of those that changed since the last. */
export type MakingAnswer =
  | { readonly type: 'file'; readonly file: FileToRead }
  | { readonly type: 'progress'; readonly progress: MakingProgress }
  | { readonly type: 'problem'; readonly path: string; readonly reason: string }
  | { readonly type: 'saved'; readonly state: MakingState; readonly contents: readonly string[] }
  | { readonly type: 'end'; readonly state: MakingState; readonly finished: boolean }
  | {
      readonly type: 'swept';
      readonly result: SweepResult;
      readonly contents: readonly string[];
      readonly finished: boolean;
    }
  | { readonly type: 'failed'; readonly error: PlainError };
