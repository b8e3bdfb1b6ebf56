import { isWithin, parentOf } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import type { PlannerMount } from '../protocol.ts';
import type { Limits } from './parts.ts';

/** A folder, or what lies in one, and the file system it is on. */
export interface OnDisk {
  /** Native path. */
  readonly path: string;
  readonly device: number;
}

interface RealFolder {
  readonly path: string;
  readonly facts: FileFacts;
}

/** Where paths lie: on which file systems, and what those take. For the making of one plan: folders are looked at once. */
export class Disk {
  readonly #files: ReadFiles;
  readonly #mounts: readonly PlannerMount[];
  readonly #ask: Limits;
  readonly #limits = new Map<number, NameLimits>();
  readonly #folders = new Map<string, RealFolder | undefined>();

  constructor(files: ReadFiles, mounts: readonly PlannerMount[], ask: Limits) {
    this.#files = files;
    this.#mounts = mounts;
    this.#ask = ask;
  }

  /** The mount a path lies on: the deepest above it; of two at one path, the later one. */
  mountOf(path: string): PlannerMount | undefined {
    let deepest: PlannerMount | undefined;
    for (const mount of this.#mounts)
      if (isWithin(path, mount.path) && mount.path.length >= (deepest?.path.length ?? 0)) deepest = mount;
    return deepest;
  }

  /** Native paths of what is mounted below a folder. */
  mountsBelow(folder: string): string[] {
    const below = this.#mounts.filter(({ path }) => path !== folder && isWithin(path, folder));
    return [...new Set(below.map(({ path }) => path))];
  }

  isMountPoint(path: string): boolean {
    return this.#mounts.some((mount) => mount.path === path);
  }

  /** Whether a rename leads from one to the other: two mounts of one file system, and two subvolumes, have none. */
  renames(from: OnDisk, to: OnDisk): boolean {
    return from.device === to.device && this.mountOf(from.path)?.path === this.mountOf(to.path)?.path;
  }

  /** Whether both lie on one file system, however it is mounted. */
  sameFileSystem(one: OnDisk, other: OnDisk): boolean {
    if (one.device === other.device) return true;
    const [first, second] = [this.mountOf(one.path), this.mountOf(other.path)];
    return first !== undefined && first.superblock === second?.superblock;
  }

  limits({ path, device }: OnDisk): NameLimits {
    const known = this.#limits.get(device);
    if (known) return known;
    const limits = this.#ask(path);
    this.#limits.set(device, limits);
    return limits;
  }

  /** Whether a file keeps its inode number; of file systems whose limits were asked. */
  keepsInodes(device: number): boolean {
    return this.#limits.get(device)?.changesInodes !== true;
  }

  /** The facts of a name; what cannot be looked at is said with its path. */
  facts(path: string): FileFacts | undefined {
    return this.#files.facts(path);
  }

  /** The facts of a folder, links to it followed, and its real path. Throws `NOT_FOUND`, `NOT_A_FOLDER`. */
  realFolder(path: string): RealFolder | undefined {
    if (!this.#folders.has(path)) this.#folders.set(path, this.#lookAt(path));
    return this.#folders.get(path);
  }

  #lookAt(path: string): RealFolder | undefined {
    if (!this.#files.facts(path)) return undefined;
    let real: string;
    try {
      real = this.#files.realPath(path);
    } catch (error) {
      // A link that leads nowhere is something, and no folder.
      if (error instanceof SdError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
    const facts = this.#files.facts(real);
    return facts && { path: real, facts };
  }

  /** The nearest folder above that is there. */
  nearest(path: string): string {
    for (let at = parentOf(path); at !== undefined; at = parentOf(at)) if (this.#files.facts(at)) return at;
    return path;
  }
}
