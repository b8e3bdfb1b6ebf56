import type { FileFacts } from './files.ts';

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
