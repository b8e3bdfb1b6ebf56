import type { Library } from '../libraries/library.ts';
import type { VolumeView } from '../domain/volume.ts';

/** What queries may ask. */
export interface VolumeDirectory {
  /** Those mounted now, and those the library knows that are not. Free space is asked of the disks. */
  list(library?: LibraryView): Promise<VolumeView[]>;
  /** By id, name or mount path. Throws `NOT_FOUND` with the names there are, `INVALID_INPUT` where several have the name. */
  find(selector: string, library?: LibraryView): Promise<VolumeView>;
  /** Of all open libraries, the locations on a volume. */
  users(id: string): readonly VolumeUser[];
  /**
   * Whether the speed of a mounted volume can be measured with a file of `bytes`. Throws `OFFLINE`, `NOT_WRITABLE`,
   * `DISK_FULL` where the file would take more than half of the free room, and `CONFLICT` where nothing tells the volume
   * from another.
   */
  checkSpeedTest(id: string, bytes: number): Promise<void>;
}

/** A library as a query sees it. */
export type LibraryView = Pick<Library, 'id' | 'db'>;

export interface VolumeUser {
  readonly library: string;
  /** UUID of the location. */
  readonly location: string;
  readonly name: string;
}

/** What actions may do. */
export interface VolumeManager extends VolumeDirectory {
  /** Looks at the mounts now, and brings every open library up to date. Throws `IO` where the system does not say. */
  look(): Promise<void>;
  /**
   * Puts a mounted volume under the library's care. Where nothing else names the volume, a file of ours is written at
   * its root. Answers its id from now on. Throws `OFFLINE`, `CONFLICT` for a clone of another mounted volume, and what
   * the disk says.
   */
  track(library: Library, id: string): Promise<string>;
  /** Throws `NOT_FOUND` where the library does not track it. */
  untrack(library: Library, id: string): Promise<void>;
  /** Throws `NOT_FOUND` where the library does not know it. */
  rename(library: Library, id: string, name: string): Promise<void>;
  /**
   * Lets go of all watches on it and unmounts it, never by force. Throws `OFFLINE` where it is not mounted, and what
   * `Mounts.eject` throws: then it is watched again.
   */
  eject(id: string): Promise<void>;
}
