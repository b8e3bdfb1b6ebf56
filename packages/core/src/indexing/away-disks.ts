import { FOLDER } from '../domain/entry.ts';
import { newListing } from '../folder-listing.ts';
import type { ReadFiles } from '../platform.ts';
import type { KnownChild, KnownChildren } from './known-children.ts';

/**
 * Disks mounted below a location that walks into them, while they are away. A mount point that was found empty, or that
 * the system took away with its disk, is no reason to forget what the index knows of the disk.
 */
export class AwayDisks {
  readonly #files: ReadFiles;
  readonly #known: KnownChildren;
  readonly #onlyDevice: number | undefined;
  #folder = '';
  #device: number | undefined;

  /** `onlyDevice`: the only file system that is walked, where it is only one. */
  constructor(files: ReadFiles, known: KnownChildren, onlyDevice: number | undefined) {
    this.#files = files;
    this.#known = known;
    this.#onlyDevice = onlyDevice;
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

  /** Whether only the empty mount point of a known disk stands at `path` now. */
  isEmptyMountPoint(known: KnownChild, device: number, path: string): boolean {
    if (!this.wasMounted(known) || this.isMount(device) || this.#known.some(known.id, 1).length === 0) return false;
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
