import { FOLDER } from '../domain/entry.ts';
import { newListing } from '../folder-listing.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { KnownChild, KnownChildren } from './known-children.ts';

/**
 * Disks mounted below a location that walks into them, while they are away. A bare mount point, or one that the system
 * took away with its disk, is no reason to forget what the index knows of the disk; nor is what a mount point holds
 * itself (what a program wrote while the disk was away), until a full scan takes it for what is there now.
 */
export class AwayDisks {
  readonly #files: ReadFiles;
  readonly #known: KnownChildren;
  readonly #onlyDevice: number | undefined;
  readonly #full: boolean;
  #folder = '';
  #device: number | undefined;

  /** `onlyDevice`: the only file system that is walked, where it is only one. `full`: every folder is compared. */
  constructor(files: ReadFiles, known: KnownChildren, onlyDevice: number | undefined, full: boolean) {
    this.#files = files;
    this.#known = known;
    this.#onlyDevice = onlyDevice;
    this.#full = full;
  }

  /** What is asked next is about the children of this folder. */
  enter(folder: string): void {
    this.#folder = folder;
    this.#device = this.#onlyDevice;
  }

  /** Whether a child folder on that device has another file system mounted on it. */
  isMount(device: number): boolean {
    this.#device ??= this.#deviceOfFolder() ?? device;
    return device !== this.#device;
  }

  /** Whether a child that is not listed any more was a mounted disk. */
  wasMounted(child: KnownChild): boolean {
    return this.#onlyDevice === undefined && child.type === FOLDER && child.links === 1;
  }

  /** Whether only the mount point of a known disk stands at `path` now. */
  isBareMountPoint(known: KnownChild, device: number, path: string): boolean {
    if (!this.wasMounted(known) || this.isMount(device) || this.#known.some(known.id, 1).length === 0) return false;
    return !this.#full || this.#isEmpty(path);
  }

  #isEmpty(path: string): boolean {
    try {
      let empty = true;
      this.#files.listFolder(path, newListing(), () => !(empty = false));
      return empty;
    } catch {
      // Not readable says nothing about what is in it.
      return true;
    }
  }

  #deviceOfFolder(): number | undefined {
    try {
      return this.#files.facts(this.#folder)?.device;
    } catch {
      return undefined;
    }
  }
}
