import { isWithin, joinNative, namesBelow } from '../domain/native-path.ts';
import type { Mount } from '../ports/mounts.ts';
import { type MountedVolume, rootIn } from './mounted-volume.ts';

/** What is mounted at one moment, and which path lies on what. */
export class MountTable {
  readonly #mounts: readonly Mount[];
  readonly volumes: readonly MountedVolume[];

  constructor(mounts: readonly Mount[], volumes: readonly MountedVolume[]) {
    this.#mounts = mounts;
    this.volumes = volumes;
  }

  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  /** The same with these volumes as strangers, by their fingerprints. */
  without(fingerprints: ReadonlySet<string>): MountTable {
    return new MountTable(
      this.#mounts,
      this.volumes.filter(({ fingerprint }) => fingerprint === undefined || !fingerprints.has(fingerprint)),
    );
  }

  /** The mount a path lies on: the deepest above it. */
  mountOf(path: string): Mount | undefined {
    let deepest: Mount | undefined;
    // Of two at one path, the later one covers the earlier.
    for (const mount of this.#mounts)
      if (isWithin(path, mount.path) && mount.path.length >= (deepest?.path.length ?? 0)) deepest = mount;
    return deepest;
  }

  volumeOf(mount: Mount): MountedVolume | undefined {
    return this.volumes.find(({ mounts }) => mounts.includes(mount));
  }

  withFingerprint(fingerprint: string): MountedVolume | undefined {
    return this.volumes.find((volume) => volume.fingerprint === fingerprint);
  }

  /** Where a native path lies from the root of its volume; `undefined` where that volume has no fingerprint. */
  placeOf(path: string): { fingerprint: string; volumePath: string } | undefined {
    const mount = this.mountOf(path);
    const volume = mount && this.volumeOf(mount);
    if (!mount || volume?.fingerprint === undefined) return undefined;
    const names = namesBelow(mount.path, path) ?? [];
    return { fingerprint: volume.fingerprint, volumePath: names.reduce(joinNative, rootIn(volume, mount)) };
  }

  /** The native paths by which a path of a volume can be reached now, the one its user meets first. */
  pathsOf(volume: MountedVolume, volumePath: string): string[] {
    return volume.mounts.flatMap((mount) => {
      const names = namesBelow(rootIn(volume, mount), volumePath);
      const path = names?.reduce(joinNative, mount.path);
      // What is mounted below covers that part of the volume.
      return path !== undefined && this.mountOf(path) === mount ? [path] : [];
    });
  }
}
