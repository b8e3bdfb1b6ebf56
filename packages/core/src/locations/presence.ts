import { FOLDER, nameOfStored } from '../domain/entry.ts';
import { isUnmounted } from '../domain/location.ts';
import type { ReadFiles } from '../ports/files.ts';

/**
 * `offline`: what was indexed is not there now, and nothing that stands in its place says anything of it. `unreadable`:
 * it is there, and the system does not let us look.
 */
export type Presence = 'online' | 'offline' | 'unreadable';

/** What a row of `locations` says of where it was. */
export interface LocationPlace {
  /** Native path, or as it is stored. */
  readonly path: string | Uint8Array;
  readonly root_device: number | null;
  readonly root_inode: number | null;
  /** 1 while its volume is not mounted where the location is looked for, see `volumes/`. */
  readonly volume_away: number;
}

/** Whether a location is there, asked of the disk now. The one answer for scans, listings, search and hashes. */
export function presenceOf(location: LocationPlace, files: Pick<ReadFiles, 'facts'>): Presence {
  if (location.volume_away === 1) return 'offline';
  try {
    const facts = files.facts(nameOfStored(location.path));
    return facts?.type === FOLDER && !isUnmounted(location, facts) ? 'online' : 'offline';
  } catch {
    // There, and not readable: that is no news about what is in it.
    return 'unreadable';
  }
}
