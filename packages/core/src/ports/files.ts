/** 0 file, 1 folder, 2 symbolic link, 3 anything else (socket, device, pipe). */
export type EntryType = 0 | 1 | 2 | 3;

/** What the disk says of one name. Times in microseconds since the epoch, sizes in bytes. */
export interface FileFacts {
  type: EntryType;
  size: number;
  mtime: number;
  inode: number;
  device: number;
  links: number;
}

/** The children of one folder, by column; the arrays may be longer than `names`. Reused from call to call. */
export interface FolderListing {
  names: string[];
  types: Uint8Array;
  sizes: Float64Array;
  mtimes: Float64Array;
  inodes: Float64Array;
  devices: Float64Array;
  links: Uint32Array;
  /** Names that were listed and gone, or not readable, a moment later. */
  vanished: string[];
}

/** The file system, synchronous where workers use it. Errors are `NOT_FOUND`, `NOT_READABLE`, `NOT_WRITABLE`, `NOT_A_FOLDER`, `ALREADY_EXISTS`, `DISK_FULL`, `IO`. */
export interface ReadFiles {
  /** Facts of the name itself: a symbolic link is not followed. `undefined`: nothing there. */
  facts(path: string): FileFacts | undefined;
  /**
   * Names and facts of a folder's children in one go, in no order. A path longer than the system takes is listed all
   * the same. `skip` is asked per name before its facts are read; one left out costs no `stat`.
   */
  listFolder(path: string, into: FolderListing, skip?: (name: string, type: EntryType) => boolean): void;
  /** Reads up to `into.length` bytes at `position` of a regular file; answers how many. Never follows a symbolic link, never waits on a pipe. */
  readAt(path: string, into: Uint8Array, position: number): number;
  /** Where a symbolic link points, as written; `undefined` where it is none. */
  linkTarget(path: string): string | undefined;
  /** The path with symbolic links resolved. */
  realPath(path: string): string;
  /** A small regular file, through symbolic links. Throws `TOO_LARGE` above `limit` bytes. */
  readWhole(path: string, limit: number): Uint8Array;
  /** Room on the file system that holds `path`, in bytes. */
  space(path: string): { free: number; total: number };
  /** Whether this user may make files in the folder, as far as the system says before it is tried. */
  mayWriteIn(folder: string): boolean;
  /** The folders a person keeps things in, those that exist: home, documents, pictures, … */
  homeFolders(): { name: string; path: string }[];
}

/** A regular file that is open to be read piece by piece. Close it. */
export interface OpenedFile {
  /** Of the file that is open, whatever its name leads to by now. */
  readonly facts: FileFacts;
  /** Reads up to `into.length` bytes at `position`; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** A file of this project's own that is open to be written on. Close it. */
export interface FileWriter {
  /** At its end. Throws `DISK_FULL`, and may then have written some of them. */
  write(bytes: Uint8Array): void;
  /** Waits until what was written is on the disk. */
  sync(): void;
  close(): void;
}

export interface Files extends ReadFiles {
  /**
   * Opens the regular file that the names lead to from a folder on. None of them may be a symbolic link, also if
   * somebody makes it one meanwhile. Does not block its thread. Throws `NOT_FOUND`, `NOT_A_FOLDER`, `NOT_READABLE`.
   */
  openWithin(folder: string, names: readonly string[]): Promise<OpenedFile>;
  /** Whether nobody but its owner may read or write it; `undefined` where the system does not say it in such terms. */
  isPrivate(path: string): boolean | undefined;
  /** With its parents; an existing folder is left as it is. */
  makeFolder(path: string, options?: { private?: boolean }): void;
  /** Writes a whole small file so that a reader, or a crash, meets the old or the new one: temporary name (`.new` appended), fsync, rename. */
  replaceFile(path: string, bytes: Uint8Array, options?: { private?: boolean }): void;
  /**
   * Opens a file of this project's own to go on from its first `length` bytes: what is beyond them is cut off. With 0 it
   * is made, private, where nothing is. Not through a symbolic link. Throws `NOT_FOUND`, and `CONFLICT` where it is
   * shorter or no regular file.
   */
  writeOn(path: string, length: number): FileWriter;
  /** On one file system, replacing a file at `to`, in one step that lasts: the folders are synced. */
  rename(from: string, to: string): void;
  /** The same for a file, replacing nothing: throws `ALREADY_EXISTS`. Goes on where it was interrupted half-way. */
  renameNew(from: string, to: string): void;
  /** Waits until the file's bytes are on the disk. */
  sync(path: string): void;
  /** A copy whose bytes are on the disk. Throws `ALREADY_EXISTS` rather than overwrite. */
  copyFile(from: string, to: string): Promise<void>;
  /** Removes one file, link or empty folder this project made; never a user's, and never what is in a folder. No error where nothing is. */
  remove(path: string): void;
  /** To the system's trash; answers where it went, if the system says. Fails rather than deletes. */
  trash(path: string): Promise<string | undefined>;
}
