import { type LocationWithTotals, listLocations } from '../db/library/locations.ts';
import type { TrashItem } from '../db/library/trash-list.ts';
import { nameOfStored } from '../domain/entry.ts';
import { isWithin, parentOf, showNative } from '../domain/native-path.ts';
import { sameInode } from '../domain/same-inode.ts';
import { SdError } from '../errors.ts';
import { presenceOf } from '../locations/presence.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/**
 * Whether what was put into the trash is still in it. `gone`: its disk is there and has it no more, the trash was emptied
 * or taken away. `offline`: its disk is not there now, by the name of its volume where the library knows that.
 */
export type InTrash =
  | { readonly state: 'there' | 'gone' }
  | { readonly state: 'offline'; readonly volume: string | undefined };

type Item = Pick<TrashItem, 'path' | 'place' | 'inode' | 'device' | 'folderInode'>;

/** Looks for things in the trash. What goes to the trash stays on its disk: where it was tells which one that is. */
export class TrashPlaces {
  readonly #files: Pick<ReadFiles, 'facts'>;
  /** The deepest first. */
  readonly #locations: readonly { readonly path: string; readonly row: LocationWithTotals }[];

  constructor(db: ReadConnection, files: Pick<ReadFiles, 'facts'>) {
    this.#files = files;
    this.#locations = listLocations(db)
      .map((row) => ({ path: nameOfStored(row.path), row }))
      .sort((a, b) => b.path.length - a.path.length);
  }

  of(item: Item): InTrash {
    const there = this.#facts(item.place);
    if (there && sameInode(item.inode, there.inode)) return { state: 'there' };
    const location = this.#locations.find(({ path }) => isWithin(item.path, path));
    const volume = location?.row.volume_name ?? undefined;
    if (location && presenceOf(location.row, this.#files) === 'offline') return { state: 'offline', volume };
    const can = parentOf(item.place) ?? item.place;
    if (this.#facts(can)?.inode === item.folderInode) return { state: 'gone' };
    const device = this.#nearestDevice(can);
    // A disk may have got another number when it was mounted again; that of the location is its number now.
    const isThere = device === item.device || (location && device === this.#facts(location.path)?.device);
    return isThere ? { state: 'gone' } : { state: 'offline', volume };
  }

  #nearestDevice(path: string): number | undefined {
    for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) {
      const facts = this.#facts(at);
      if (facts) return facts.device;
    }
    return undefined;
  }

  /** A disk that was pulled out answers with an error. */
  #facts(path: string): FileFacts | undefined {
    try {
      return this.#files.facts(path);
    } catch (error) {
      if (error instanceof SdError) return undefined;
      throw error;
    }
  }
}

/** What was at `path` is in a trash that is not there now. */
export function trashOffline(path: string, volume: string | undefined): SdError {
  const disk = volume === undefined ? 'its disk' : `the volume "${volume}"`;
  return new SdError('OFFLINE', `${showNative(path)} is in the trash on ${disk}, which is not there now`, {
    ...(volume === undefined ? {} : { volume }),
    way_out: 'connect it and try again',
  });
}
