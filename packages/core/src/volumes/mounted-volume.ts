import { fingerprintOf } from '../domain/volume.ts';
import type { Mount } from '../ports/mounts.ts';

/** A file system and where it is mounted now. */
export interface MountedVolume {
  /** Absent where nothing tells it from another one. */
  readonly fingerprint?: string;
  /** It has the fingerprint of another mounted volume, which locations are on. */
  readonly cloneOf?: string;
  /** The first is where its user meets it: the most of it, by the shortest path. */
  readonly mounts: readonly [Mount, ...Mount[]];
}

/** What is remembered of earlier looks, to tell a volume from a clone of it. */
export interface Memory {
  /** Fingerprint → superblock of the volume that had it when mounts were last looked at. */
  readonly holders: ReadonlyMap<string, number>;
  /** Of every fingerprint that a library knows, where it is mounted as far as they know. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/**
 * Mounts sorted into volumes. Bind mounts and subvolumes of one file system are one volume. Of several file systems
 * with one fingerprint – a disk and its block-by-block copy – one is the volume and the others are clones: the volume is
 * the one that was it at the last look; else the one mounted where a library last saw it; else the one mounted first.
 */
export function volumesOf(
  mounts: readonly Mount[],
  idInFile: (mount: Mount) => string | undefined,
  memory: Memory,
): MountedVolume[] {
  const groups = new Map<string, Group>();
  for (const mount of mounts) {
    if (mount.virtual) continue;
    const fingerprint = knownAs(mount, idInFile(mount), memory);
    const key = keyOf(mount, fingerprint);
    const group = groups.get(key);
    if (group) group.mounts.push(mount);
    else groups.set(key, { fingerprint, mounts: [mount] });
  }
  const all = [...groups.values()];
  return all.map((group) => {
    const { fingerprint } = group;
    const [first, ...more] = group.mounts.toSorted(byUse);
    if (!first) throw new Error('a volume has a mount');
    const volume = { mounts: [first, ...more] as const };
    if (fingerprint === undefined) return volume;
    const alike = all.filter((other) => other.fingerprint === fingerprint);
    return holderAmong(alike, fingerprint, memory) === group
      ? { ...volume, fingerprint }
      : { ...volume, cloneOf: fingerprint };
  });
}

/** A UUID that can be read now, and could not when the volume got its id, makes no stranger of it. */
function knownAs(mount: Mount, id: string | undefined, { paths }: Memory): string | undefined {
  const [usual, own] = [
    fingerprintOf(mount, id),
    fingerprintOf({ ...mount, network: false, fileSystemId: undefined }, id),
  ];
  return own !== undefined && paths.has(own) && (usual === undefined || !paths.has(usual)) ? own : usual;
}

interface Group {
  readonly fingerprint: string | undefined;
  readonly mounts: Mount[];
}

/** A share is the same by whichever connection; a file of ours names the folder it lies in and no more. */
function keyOf({ superblock, root }: Mount, fingerprint: string | undefined): string {
  if (fingerprint?.startsWith('uuid:')) return `${fingerprint} ${superblock}`;
  return fingerprint ?? `${superblock} ${root}`;
}

function holderAmong(alike: readonly Group[], fingerprint: string, { holders, paths }: Memory): Group | undefined {
  const before = holders.get(fingerprint);
  const seen = paths.get(fingerprint) ?? [];
  return (
    alike.find(({ mounts }) => mounts.some(({ superblock }) => superblock === before)) ??
    alike.find(({ mounts }) => mounts.some(({ path }) => seen.includes(path))) ??
    alike[0]
  );
}

function byUse(a: Mount, b: Mount): number {
  return a.root.length - b.root.length || a.path.length - b.path.length || (a.path < b.path ? -1 : 1);
}

/** Path inside the volume that a mount of it begins at. A file of ours names the folder it lies in, so that is its root. */
export function rootIn(volume: MountedVolume, mount: Mount): string {
  return volume.fingerprint?.startsWith('uuid:') ? mount.root : '/';
}
