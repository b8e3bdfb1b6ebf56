import type { LibraryAccess } from '../libraries/library.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { FileFacts } from '../ports/files.ts';
import type { PassedReport } from '../watching/protocol.ts';

/**
 * One change of the disk that was just made, by native paths, in the order in which they were made. `facts` are those of
 * what lies at the path now. Paths need not be in any location: what leaves all of them keeps its rows for when it
 * comes back.
 */
export type DiskChange = Created | Moved | Removed | Restored | Changed;

/** Something new: a file, a link, or an empty folder. */
export interface Created {
  readonly type: 'created';
  readonly path: string;
  readonly facts: FileFacts;
  /**
   * The file it is a copy of, byte by byte, with what was seen of that one when it was read: nothing is hashed again.
   * `entry`: the source's as the plan knew it.
   */
  readonly copyOf?: { readonly path: string; readonly size: number; readonly mtime: number; readonly entry?: number };
  /** BLAKE3 of the whole file, where it was read back. */
  readonly hash?: Uint8Array;
}

/**
 * The same thing elsewhere: renamed, a folder with all that is below it; or a file that was copied to another file system,
 * compared, and removed here. It keeps its identity, and its content.
 */
export interface Moved {
  readonly type: 'moved';
  readonly from: string;
  readonly to: string;
  readonly facts: FileFacts;
  /** Its entry as the plan knew it; where it is that no more, it is looked for. */
  readonly entry?: number;
  /** Microseconds. Of a file that was copied and compared: the time it had before, which this file system may round. */
  readonly wasModified?: number;
  readonly hash?: Uint8Array;
}

/** It is gone from its path, a folder with all that was below it. */
export interface Removed {
  readonly type: 'removed';
  readonly path: string;
  readonly entry?: number;
  /** A folder that was emptied piece by piece and lies here now: the folder that was made there becomes this one. */
  readonly movedTo?: string;
  /** Where it is now, if it is in the trash. It joins the table `trashed`, also where no index had it. */
  readonly trashed?: TrashedItem;
}

/** It came back out of the trash. */
export interface Restored {
  readonly type: 'restored';
  /** UUID in `trashed`, as text. Its row there goes. */
  readonly trashed: string;
  readonly to: string;
  readonly facts: FileFacts;
  /**
   * Whose bytes they are, where it is no entry itself: those of a file that had become another name, or a clone, of one
   * that is the same, which went to the trash before this came back.
   */
  readonly entry?: number;
}

/** The same entry at the same path, with other facts. */
export interface Changed {
  readonly type: 'changed';
  readonly path: string;
  readonly facts: FileFacts;
  /** Its bytes are what they were: times were set, or it became a clone or another name of a file that is the same. */
  readonly sameContent: boolean;
  /** Microseconds: the time of the file whose bytes they are. One that was edited since it was indexed had another. */
  readonly wasModified?: number;
  /** The file that had the path before, if that is in the trash: only its bytes, the entry stays where it is. */
  readonly replaced?: TrashedItem;
}

/** What is kept of a thing in the trash. */
export interface TrashedItem {
  /** UUID, as text. */
  readonly uuid: string;
  /** Native paths, as `Trashed` of the port has them. */
  readonly place: string;
  readonly note?: string;
  readonly facts: FileFacts;
  /** Of the action. */
  readonly receipt?: string;
}

/**
 * Changes the index of a library in the same moment as the disk, in the thread that changes the disk. The thread has
 * the library's turn (`IndexTurns`) from before it changes the disk until `follow` has returned; and `ActiveScans` knows
 * of it as of a scan. Copying bytes to a temporary name needs no turn.
 */
export interface IndexFollower {
  /** One write for all of them, and further ones where a folder with much below it leaves the index or comes back. */
  follow(changes: readonly DiskChange[]): void;
  /**
   * Looks once more at each folder that was touched since the last time, in the turn as well. At the end of an action,
   * and before it is left for long.
   */
  finish(): void;
  /** What came into the index since the last time, for `WatchService.tell`: events, counts, what is to be identified. */
  report(): PassedReport;
  close(): void;
}

export interface IndexFollowerParts {
  readonly platform: ThreadPlatform;
  readonly library: LibraryAccess;
  /** Of the write lock. */
  readonly owner: number;
  readonly pace: Pace;
}

/** Given to the role of the thread by `worker.ts`. */
export type OpenIndexFollower = (parts: IndexFollowerParts) => IndexFollower;
