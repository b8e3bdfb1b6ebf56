import { rootOf } from '../domain/native-path.ts';
import { type VolumeFacts, type VolumeKind, defaultVolumeName, fingerprintOf } from '../domain/volume.ts';
import type { Mount } from '../ports/mounts.ts';
import type { MountedVolume } from './mounted-volume.ts';

/** What the mounts say of a volume. */
export function factsOf({ mounts }: MountedVolume): VolumeFacts {
  const [first] = mounts;
  return {
    kind: kindOf(first),
    file_system: first.fileSystem,
    source: first.source,
    ...(first.label === undefined ? {} : { label: first.label }),
    ...(first.medium === undefined ? {} : { medium: first.medium }),
    // One mount of it that may be written is enough.
    read_only: mounts.every(({ readOnly }) => readOnly),
    removable: first.removable ?? false,
    network: first.network,
    copy_on_write: first.copyOnWrite,
  };
}

function kindOf({ network, medium, removable, path }: Mount): VolumeKind {
  if (network) return 'network';
  if (medium === 'optical' || medium === 'memory') return medium;
  if (removable) return 'removable';
  return path === rootOf(path) && /^(\/|C:\/)$/i.test(path) ? 'system' : 'disk';
}

export function defaultName({ mounts: [{ label, path, source }] }: MountedVolume): string {
  return defaultVolumeName({ label, path, source });
}

/** Whether only our own file could tell the volume from another one. */
export function needsId(mount: Mount): boolean {
  return !mount.virtual && fingerprintOf(mount) === undefined;
}
