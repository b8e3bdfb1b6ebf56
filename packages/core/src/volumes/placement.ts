import { FOLDER } from '../domain/entry.ts';
import { isUnmounted } from '../domain/location.ts';
import type { FileFacts } from '../ports/files.ts';
import type { MountTable } from './mount-table.ts';

/** What a library has noted of where a location is. */
export interface NotedPlace {
  /** Native path. */
  readonly path: string;
  /** Of the volume it is on, and its path from that volume's root; absent where it is not known. */
  readonly volume?: { readonly fingerprint: string; readonly path: string; readonly source: string };
  readonly root_device: number | null;
  readonly root_inode: number | null;
}

/** Where a location is now. */
export type Placement =
  /** Where it was, or nowhere: device and inode of its folder are all there is to go by. */
  | { readonly at: 'unknown' }
  /** Its volume is not mounted where it could be looked for. */
  | { readonly at: 'away' }
  | {
      readonly at: 'volume';
      readonly path: string;
      readonly fingerprint: string;
      readonly volumePath: string;
      /** Of the folder as it is mounted now. */
      readonly device: number;
    };

/**
 * Where a location is, by the mounts of this moment. A location that knows its volume goes with it, wherever that is
 * mounted, and is nowhere else: neither the empty mount point nor another volume in its place is it. One that does not
 * know its volume is on the one it lies on, where its folder is the one that was indexed. `facts` asks the disk, and
 * throws where the disk does not answer: then nothing is known, and nothing changes.
 */
export async function placementOf(
  noted: NotedPlace,
  table: MountTable,
  facts: (path: string) => Promise<FileFacts | undefined>,
): Promise<Placement> {
  if (!noted.volume) return firstSight(noted, table, facts);
  const { fingerprint, path: volumePath, source } = noted.volume;
  const volume = table.withFingerprint(fingerprint);
  if (!volume) return unreadableNow(noted, source, table, facts);
  const paths = table.pathsOf(volume, volumePath);
  // It stays where it was as long as it can, however else its volume is mounted as well.
  for (const path of [...paths.filter((one) => one === noted.path), ...paths.filter((one) => one !== noted.path)]) {
    const found = await facts(path);
    if (found?.type === FOLDER) return { at: 'volume', path, fingerprint, volumePath, device: found.device };
  }
  // Mounted where the location was, the volume is not away: the folder is, and whoever looks sees when it is back.
  return { at: paths.includes(noted.path) ? 'unknown' : 'away' };
}

async function firstSight(
  noted: NotedPlace,
  table: MountTable,
  facts: (path: string) => Promise<FileFacts | undefined>,
): Promise<Placement> {
  const place = table.placeOf(noted.path);
  if (!place) return { at: 'unknown' };
  const found = await facts(noted.path);
  if (found?.type !== FOLDER || isUnmounted(noted, found)) return { at: 'unknown' };
  return { at: 'volume', path: noted.path, ...place, device: found.device };
}

/**
 * No mounted volume has the fingerprint. Where the same device is mounted and merely does not tell its UUID – udev is
 * not up yet, or not there – the folder that was indexed is still told by its device and inode.
 */
async function unreadableNow(
  noted: NotedPlace,
  source: string,
  table: MountTable,
  facts: (path: string) => Promise<FileFacts | undefined>,
): Promise<Placement> {
  const mount = table.mountOf(noted.path);
  const volume = mount && table.volumeOf(mount);
  const mute = volume && volume.fingerprint === undefined && volume.cloneOf === undefined;
  if (!mount || !mute || mount.source !== source || mount.removable !== false) return { at: 'away' };
  const found = await facts(noted.path);
  const same = found?.device === noted.root_device && found?.inode === noted.root_inode;
  return same ? { at: 'unknown' } : { at: 'away' };
}
