import type { FileFacts } from './files.ts';

/**
 * Changes a person's own files, one name at a time. Nothing else may: the thread that carries out plans changes files with
 * it, and the one that writes what people said of files to them; the one that makes plans asks it for limits.
 * No method replaces, merges or guesses: where something is at a target it throws `ALREADY_EXISTS`. All are synchronous
 * and none waits for the disk but where it says so. Errors as in `ReadFiles`, and `CROSSES_VOLUME`, `LIMIT` (a name or
 * path too long there), `UNAVAILABLE` (this file system has nothing of the kind).
 */
export interface UserFiles {
  /** What a copy keeps beside the bytes; extended attributes with ACLs among them, in the order of their names. */
  attributes(path: string): FileAttributes;
  /**
   * Copies a regular file or a symbolic link with its times, permissions and attributes to a new name. `onBytes` is told how many
   * bytes more are there, where they go piece by piece; where it answers false, what was written is taken away and
   * `undefined` answered. What fails leaves nothing either.
   */
  copy(from: string, to: string, onBytes: (count: number) => boolean): CopiedFile | undefined;
  /** One folder, whose parent is there. */
  makeFolder(path: string): void;
  makeFile(path: string): void;
  /**
   * A small file, whole, so that a reader, or a crash, meets the old or the new one. What it replaces leaves it its owner,
   * rights and attributes; what was not there is not replaced if it is there by then. Waits for the disk.
   */
  replaceFile(path: string, bytes: Uint8Array): void;
  /** Gives a folder the times, permissions and attributes of another. Answers what it could not take over. */
  copyFolderAttributes(from: string, to: string): readonly string[];
  /** Within one file system: in one step of the disk, where the file system can. A name that differs in case only is another. */
  rename(from: string, to: string): void;
  /** A second name for the same file. */
  link(existing: string, path: string): void;
  /** A copy that shares its bytes until one of both is written; attributes as in `copy`. Throws `UNAVAILABLE`. */
  clone(from: string, to: string): CopiedFile;
  /** Microseconds since the epoch; `undefined` stays. A symbolic link's own. */
  setTimes(path: string, times: { modified?: number; accessed?: number }): void;
  /** A file, link or empty folder, for good, if it still has that inode; throws `CONFLICT` where it is another. */
  remove(path: string, inode: number): void;
  /** To the trash: the system's, else one of ours on the same file system. Never copies. */
  trash(path: string): Trashed;
  /**
   * What `trash` made of the file or folder that had this path and inode, where whoever asked for it was ended before
   * it had an answer. Without an inode, where files have another one from time to time: the last that had the path and
   * is noted.
   */
  findTrashed(path: string, inode: number | undefined): Trashed | undefined;
  /**
   * Takes away what `trash` made in the trash for a file or folder that still has its path, because whoever asked for it
   * was ended in the middle. Never what others have made there.
   */
  forgetTrashing(path: string): void;
  /**
   * On a disk without any room `trash` leaves an empty note. Writes it, where it is empty: what lies in the trash was at
   * `path` until `at`, in milliseconds since the epoch. Throws `DISK_FULL` while there is still no room.
   */
  completeNote(trashed: Trashed, path: string, at: number): void;
  /** Takes it back out of the trash, to a name where nothing is. */
  restore(trashed: Trashed, to: string): void;
  /**
   * Takes what lies in the trash away for good, a folder with all that is in it; nothing that lies elsewhere. `onRemoved`
   * is called for each name that is gone; where it answers false, the rest stays in the trash, and `false` is answered.
   */
  purge(trashed: Trashed, onRemoved?: () => boolean): boolean;
  readAttribute(path: string, name: string): Uint8Array | undefined;
  /** `undefined` takes it away. */
  writeAttribute(path: string, name: string, value: Uint8Array | undefined): void;
  /** What names the file system takes that holds a folder. */
  limits(folder: string): NameLimits;
  /** Waits until all that was written to the file system that holds `path` is on the disk. */
  syncVolume(path: string): void;
}

export interface FileAttributes {
  /** POSIX permission bits, 12 of them; absent where the system has none. */
  readonly mode?: number;
  readonly owner?: { readonly user: number; readonly group: number };
  readonly names: readonly string[];
}

export interface CopiedFile {
  readonly how: 'clone' | 'kernel' | 'stream';
  /** What did not come along, by its name: an attribute, `permissions`, `owner`, `times`. */
  readonly lost: readonly string[];
  /** Of the source once its last byte was read: what differs from what was known of it was written meanwhile. */
  readonly source: FileFacts;
  /** Of the copy. */
  readonly facts: FileFacts;
}

export interface Trashed {
  /** Native path in the trash. */
  readonly place: string;
  /** Native path of the note the trash keeps of it. */
  readonly note?: string;
}

export interface NameLimits {
  /** Bytes of one name, where `encoding` is `utf8`, else UTF-16 units. */
  readonly nameLength: number;
  readonly encoding: 'utf8' | 'utf16';
  readonly pathLength: number;
  /** `undefined`: it could not be told without writing. */
  readonly caseSensitive: boolean | undefined;
  readonly readOnly: boolean;
  /** A file may get another inode number while it is there: FAT, and many that programs or servers make. */
  readonly changesInodes?: boolean;
  /** What the file system cannot keep of a file. */
  readonly lacks: readonly ('permissions' | 'attributes' | 'symlinks' | 'hard_links')[];
  /** Largest file, in bytes, where there is such a limit (FAT). */
  readonly fileSize?: number;
  /** Characters a name there must not have. */
  readonly forbidden?: string;
}
