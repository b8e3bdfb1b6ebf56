/**
 * The ports: all that the core asks of the machine it runs on, on one page.
 *
 * A *native path* is a `/`-separated absolute path held in a string. A byte that is not valid UTF-8 stands in it as
 * the lone surrogate U+DC00 + byte (PEP 383), so that every name on disk has exactly one string and back.
 * A port that a platform lacks is `undefined`, so that the compiler asks for the "not here" branch.
 */
export interface Platform {
  readonly sqlite: Sqlite;
  readonly files: Files;
  readonly hashing: Hashing;
  readonly workers: Workers;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly host: Host;
  readonly watching: Watching;
  readonly mounts: Mounts;
  readonly sealing: Sealing;
  /** Where the machine's power comes from; absent where it cannot be told. */
  readonly power?: Power;
  /** Gives memory this thread keeps for its next burst of work back to the system; takes some ten milliseconds. */
  giveBackMemory?(): void;
  /** Peer to peer; the service that uses it comes with networking. */
  readonly transport?: Transport;
}

/** The machine, as its owner calls it. */
export interface Host {
  /** The host name, without a domain. */
  readonly name: string;
}

/** What a worker thread gets: no secrets, no workers of its own. */
export type ThreadPlatform = Pick<
  Platform,
  'sqlite' | 'files' | 'hashing' | 'clock' | 'random' | 'log' | 'watching' | 'sealing'
> & {
  giveBackMemory?(): void;
  /** Loaded when it is first asked for: its libraries are large. */
  media?(): Promise<Media>;
  /** Loaded when it is first asked for. */
  userFiles?(): Promise<UserFiles>;
  /** Native paths of files that other programs have open, as far as this user may see them; it ends where `enough` says so. */
  openFiles?(enough: () => boolean): Iterable<string>;
};

export type SqlValue = string | number | bigint | Uint8Array | null;

/** Embedded SQL, synchronous: a core runs where blocking for a few milliseconds is allowed. */
export interface Sqlite {
  /**
   * Opens one connection. `key` is 32 raw bytes; without it the file is plain. Throws `WRONG_KEY` where the file is
   * encrypted with another key or is no database, `NOT_FOUND`, `DISK_FULL` and `IO` for what the disk says. `create`
   * makes the file where there is none, with pages of `pageBytes`. A writer never checkpoints by itself: whoever writes
   * much runs `PRAGMA wal_checkpoint(PASSIVE)` in a worker.
   *
   * POSIX drops every lock of a process on a file when any of its handles of it closes: while a database is open here,
   * nothing else in the process may open its file.
   */
  open(options: {
    path: string;
    key?: Uint8Array;
    mode: 'read' | 'write' | 'create';
    cacheKiB?: number;
    pageBytes?: number;
  }): Connection;
  /**
   * Writes a consistent, compact copy of a database that others may be reading and writing, encrypted with `toKey`.
   * Its bytes are on the disk when this returns. Throws `ALREADY_EXISTS` where `to` is something.
   */
  copy(options: { from: string; key?: Uint8Array; to: string; toKey?: Uint8Array }): void;
  /** Takes an operating-system lock that ends with the process, however it ends. `undefined`: another holds it. */
  lock(path: string): { release(): void } | undefined;
}

/** A handle that cannot change anything: it has no method that would, and its connection refuses. */
export interface ReadConnection {
  /** Statements are prepared once per connection and text, then reused. */
  prepare<Row = Record<string, SqlValue>>(sql: string): ReadStatement<Row>;
}
export interface ReadStatement<Row> {
  get(...parameters: SqlValue[]): Row | undefined;
  all(...parameters: SqlValue[]): Row[];
  /** Row by row; while it runs, this connection can read but not write. */
  iterate(...parameters: SqlValue[]): IterableIterator<Row>;
}
export interface Connection extends ReadConnection {
  prepare<Row = Record<string, SqlValue>>(sql: string): Statement<Row>;
  /** Runs one or more statements without parameters. */
  exec(sql: string): void;
  close(): void;
}
export interface Statement<Row> extends ReadStatement<Row> {
  run(...parameters: SqlValue[]): { changes: number; lastId: number };
}

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

/**
 * Changes a person's own files, one name at a time. Only the thread that carries out plans has it, for nothing else may.
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
   * it had an answer.
   */
  findTrashed(path: string, inode: number): Trashed | undefined;
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

/** BLAKE3, 256 bits. */
export interface Hashing {
  blake3(bytes: Uint8Array): Uint8Array;
  incremental(): { update(bytes: Uint8Array): void; digest(): Uint8Array };
  /**
   * Reads the byte ranges of a file, in order, and hashes `prefix` and them: the quickest way this platform has. With
   * no ranges it is the whole file. `head` is the file's first bytes (up to 4,100), good until the next call. Answers
   * `undefined` where the file's size is not `size` any more. Errors as in `ReadFiles`.
   */
  file(
    path: string,
    size: number,
    prefix?: Uint8Array,
    ranges?: readonly { start: number; length: number }[],
  ): { hash: Uint8Array; head: Uint8Array } | undefined;
  /** Argon2id (RFC 9106): 32 bytes from a passphrase. Takes some 300 ms of its thread: call it in a worker. */
  passphraseKey(
    passphrase: string,
    salt: Uint8Array,
    cost: { memoryKiB: number; passes: number; lanes: number },
  ): Promise<Uint8Array>;
}

/** Threads that run the core's own roles, see `worker.ts`. */
export interface Workers {
  /** How many threads one piece of work may have now: what runs at the same time here, or fewer, as the user set it. */
  threads(): number;
  /**
   * `background`: gives way to threads that answer people, by `niceness` (1 to 19, where the system has it) and by
   * `pace`, which the role gets, see `pace.ts`.
   * `isolated`: a process of its own, where the platform has them, for work on files that may be hostile: it may crash,
   * or be killed when it takes more than `memoryMiB` or answers without end, and nothing else ends with it. Shared memory does not reach it.
   */
  spawn(
    role: string,
    options?: {
      background?: boolean;
      niceness?: number;
      pace?: SharedArrayBuffer;
      heapMiB?: number;
      youngHeapMiB?: number;
      isolated?: { memoryMiB: number };
    },
  ): Worker;
}
export interface Worker {
  post(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /**
   * Called once when the thread ends by itself or fails; not after `terminate`. The error is `IO` where it could not be
   * started, and `UNAVAILABLE` where the system ended it (memory ran out, say), which need not be its own doing.
   */
  onExit(listener: (error: Error | undefined) => void): void;
  terminate(): Promise<void>;
  /** Processor time an isolated process and the programs it started have used, in seconds, where the system says it. */
  cpuSeconds?(): number | undefined;
}
/** The other end of a `Worker`, as the thread sees it. */
export interface WorkerPort {
  post(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
  onMessage(listener: (message: unknown) => void): void;
}

export type SecretPlace = 'keychain' | 'file';
/** Small secrets by name: in the system's keychain where it answers, else in private files. */
export interface Secrets {
  /** `undefined`: in neither. Throws `NOT_READABLE` where it may be in a keychain that does not answer now. */
  get(name: string): Promise<{ readonly value: Uint8Array; readonly place: SecretPlace } | undefined>;
  /** Answers where it went, once it was read back from there. */
  set(name: string, value: Uint8Array): Promise<SecretPlace>;
  remove(name: string): Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch; may go back. */
  now(): number;
  /** Milliseconds that only go forward, for durations. */
  monotonic(): number;
  /** Calls once after `milliseconds`; does not keep the process alive. Answers the cancel function. */
  after(milliseconds: number, call: () => void): () => void;
}
export interface Random {
  bytes(length: number): Uint8Array;
}
export interface Log {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
  /** The same log with facts on every line. */
  child(facts: Record<string, unknown>): Log;
}

/** News from folders, as the system gives them. */
export interface Watching {
  /**
   * Watches one folder, not what is below it, wherever it is moved. `news` is called with `tag` for each change in it, and
   * where it is moved or removed itself: then, and after an error, this watch may tell nothing more. Throws `NOT_FOUND`,
   * `NOT_READABLE`, and `LIMIT` where the system gives out no more watches.
   */
  watch(path: string, tag: number, news: (tag: number) => void): { close(): void };
  /**
   * Calls when more may have happened at once than the system keeps: what any watch tells may be missing something.
   * Answers the function that ends it.
   */
  onLost(call: () => void): () => void;
  /**
   * What the system allows one user, where it says so, and how much of it is used now by this process and,
   * as far as can be told in a moment, by others.
   */
  limits(): {
    readonly watches?: number;
    readonly instances?: number;
    readonly used?: number;
    /** The setting that raises it, as a command. */
    readonly raise?: string;
  };
}

/** A mounted file system. */
export interface Mount {
  /** Native path. */
  readonly path: string;
  /** What is mounted: a device file, a share, … */
  readonly source: string;
  /** The system's word: `ext4`, `apfs`, `ntfs`, `nfs4`, … */
  readonly fileSystem: string;
  /** One number per file system that is mounted, however often: what tells a bind mount from a clone. */
  readonly superblock: number;
  /** Path inside the file system that is mounted here: `/` but for bind mounts and subvolumes. */
  readonly root: string;
  /** The kernel's own, or a container's: it holds no person's files, but covers what lies beneath it. */
  readonly virtual: boolean;
  /** UUID of the file system, where it can be read. */
  readonly fileSystemId?: string;
  readonly label?: string;
  readonly readOnly: boolean;
  readonly removable?: boolean;
  readonly network: boolean;
  readonly copyOnWrite: boolean;
  /** What it is stored on, where known. */
  readonly medium?: 'ssd' | 'hdd' | 'optical' | 'memory';
}
export interface Mounts {
  /** All of them, in the order in which they were mounted: a later one covers an earlier one. */
  list(): Promise<readonly Mount[]>;
  /** Calls soon after the table of mounts may have changed. Answers the stop function. */
  onChange(call: () => void): () => void;
  /** Unmounts, and lets go of the device where it is removable. Throws `CONFLICT` where it is busy, `NOT_WRITABLE` where this user may not, `UNAVAILABLE` where the platform cannot. */
  eject(mount: Mount): Promise<void>;
  readonly files: VolumeFiles;
}
/** The few files of ours on volumes of the user's. Asynchronous, since a disk or a share may take long to answer, or never do. */
export interface VolumeFiles {
  /** In bytes. */
  space(path: string): Promise<{ free: number; total: number }>;
  /** As `ReadFiles.facts`. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** A regular file of up to `limit` bytes, not through a symbolic link; `undefined` where there is none. */
  read(path: string, limit: number): Promise<Uint8Array | undefined>;
  /** Makes a file where nothing is. Throws `ALREADY_EXISTS`. */
  create(path: string): Promise<VolumeFile>;
  /**
   * Removes a regular file that begins with `marker`, or was cut off before all of it was written. `false`: there is
   * none; what begins otherwise is left alone.
   */
  removeMarked(path: string, marker: Uint8Array): Promise<boolean>;
}
export interface VolumeFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Waits until what was written is on the disk. */
  sync(): Promise<void>;
  /**
   * Reads it from its start in pieces of about `length` bytes, 0 at its end; past the system's memory where it lets us,
   * which `direct` says.
   */
  readBack(length: number): Promise<{ readonly direct: boolean; next(): Promise<number>; close(): Promise<void> }>;
  close(): Promise<void>;
}

export interface Power {
  /** `undefined`: there is no battery, or it cannot be told. */
  onBattery(): Promise<boolean | undefined>;
}

/** Authenticated encryption of small files beside the database, with a random nonce each. */
export interface Sealing {
  /** `key`: 32 bytes. `context` is bound to it and must be given again to open. */
  seal(key: Uint8Array, bytes: Uint8Array, context: string): Uint8Array;
  /** `undefined`: not sealed with this key and context, or damaged. */
  open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array | undefined;
}

/** Reads what is inside files: pictures, sound, documents. Runs in an isolated thread only. */
export interface Media {
  /** Throws for a file that cannot be opened; what is wrong inside it is in the outcome. */
  read(request: MediaRequest): Promise<MediaOutcome>;
  /** Programs of the system that were found and can help: `ffmpeg`. */
  tools(): Promise<readonly string[]>;
}
export interface MediaRequest {
  /** Native path of a regular file. */
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly wants: readonly ('facts' | 'thumbnails' | 'text')[];
  readonly limits: MediaLimits;
}
export interface MediaLimits {
  readonly pixels: number;
  /** Of the file. */
  readonly fileBytes: number;
  /** Of what is unpacked from it. */
  readonly unpackedBytes: number;
  /** Of the text taken from it, in UTF-16 units. */
  readonly textLength: number;
  /** Seconds of work after which the caller ends the thread. */
  readonly seconds: number;
}
export interface MediaOutcome {
  /** The format the bytes say, e.g. `jpeg`; `undefined`: none that is known here. */
  readonly format?: string;
  /** `MediaFacts` of `domain/media.ts`; checked by the core before it is believed. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** `thumbnail_256`, `thumbnail_1024`, `strip`: WebP. */
  readonly images?: readonly { readonly kind: string; readonly bytes: Uint8Array }[];
  readonly text?: string;
  /** What could not be had, and why, by what was wanted. */
  readonly problems: readonly MediaProblem[];
}
export interface MediaProblem {
  readonly want: 'facts' | 'thumbnails' | 'text';
  readonly reason: string;
  /** The file is at fault: it is damaged, or over a limit. Else there is nothing of the kind in it, or not on this machine. */
  readonly broken?: boolean;
  /** The program of `Media.tools` that would help. */
  readonly tool?: string;
}

/** Byte streams between devices known by their Ed25519 key (32 bytes). */
export interface Transport {
  dial(device: Uint8Array, protocol: string): Promise<PeerStream>;
  accept(protocol: string, listener: (stream: PeerStream) => void): () => void;
  close(): Promise<void>;
}
export interface PeerStream {
  readonly device: Uint8Array;
  /** Measured, `undefined` while it is not known. */
  path(): { kind: 'direct' | 'relay'; rttMs: number } | undefined;
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
