import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import type { SdError } from '../errors.ts';
import type { Mount, Mounts } from '../ports/mounts.ts';

/** A disk of a test: a folder that is moved to where the disk is mounted, with its inodes, as a disk would be. */
export interface FakeDisk {
  /** Where its files are while it is not mounted. */
  readonly home: string;
  readonly mount: Partial<Omit<Mount, 'path'>>;
  mountedAt?: string;
}

/** A table of mounts that a test writes; disks are folders, and a mount point is an empty one while no disk is there. */
export class FakeMounts implements Mounts {
  /** The real ones; a test may put others in their place, one by one. */
  readonly files: Mounts['files'];
  readonly #listeners = new Set<() => void>();
  readonly #disks = new Set<FakeDisk>();
  /** What `eject` throws. */
  refusal: SdError | undefined;
  /** Called with each look at the table, before it is read. */
  looked: () => void = () => {};
  /** Mounts that are there beside the disks. */
  others: Mount[] = [];

  constructor(files: Mounts['files']) {
    this.files = { ...files };
  }

  mount(disk: FakeDisk, path: string): void {
    if (disk.mountedAt !== undefined) throw new Error('it is mounted already');
    mkdirSync(path, { recursive: true });
    rmdirSync(path);
    renameSync(disk.home, path);
    disk.mountedAt = path;
    this.#disks.add(disk);
  }

  unmount(disk: FakeDisk): void {
    if (disk.mountedAt === undefined) return;
    renameSync(disk.mountedAt, disk.home);
    mkdirSync(disk.mountedAt);
    delete disk.mountedAt;
    this.#disks.delete(disk);
  }

  /** What the system does a moment after mounts have changed. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  async list(): Promise<readonly Mount[]> {
    this.looked();
    const root = fakeMount({ path: '/', source: '/dev/root', superblock: 1, fileSystemId: 'root' });
    const disks = [...this.#disks].flatMap(({ mount, mountedAt }) =>
      mountedAt === undefined ? [] : [fakeMount({ ...mount, path: mountedAt })],
    );
    return [root, ...disks, ...this.others];
  }

  onChange(call: () => void): () => void {
    this.#listeners.add(call);
    return () => void this.#listeners.delete(call);
  }

  async eject({ path }: Mount): Promise<void> {
    if (this.refusal) throw this.refusal;
    for (const disk of this.#disks) if (disk.mountedAt === path) this.unmount(disk);
  }
}

export function fakeMount(facts: Partial<Mount> & Pick<Mount, 'path'>): Mount {
  return {
    source: '/dev/sdx1',
    fileSystem: 'ext4',
    superblock: 100,
    root: '/',
    virtual: false,
    readOnly: false,
    network: false,
    copyOnWrite: false,
    removable: true,
    ...facts,
  };
}
