import type { LocationWithTotals } from '../../db/library/locations.ts';
import { FOLDER, nameOfStored } from '../../domain/entry.ts';
import { isWithin, parentOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { Located } from './locate.ts';
import type { PlanningParts } from './parts.ts';

/** Folders of our own: keys and databases that are open. */
export function ownFolders({ library, disk }: Pick<PlanningParts, 'library' | 'disk'>): string[] {
  const folders = [library.folder, ...(library.dataFolder === undefined ? [] : [library.dataFolder])];
  return folders.map((folder) => disk.realFolder(folder)?.path ?? folder);
}

/** Throws where a path lies in a folder of our own. */
export function refuseOwnData(path: string, parts: Pick<PlanningParts, 'library' | 'disk'>): void {
  refuseOwn(path, ownFolders(parts));
}

/** The same, with the folders of our own; `within`: also where one of those lies below the path. */
export function refuseOwn(path: string, folders: readonly string[], also?: 'within'): void {
  const own = folders.find((folder) => isWithin(path, folder) || (also && isWithin(folder, path)));
  if (own === undefined) return;
  const what = isWithin(path, own) ? 'belongs to' : 'contains';
  throw new SdError('CONFLICT', `${showNative(path)} ${what} the data of the library itself, ${showNative(own)}`, {
    way_out: 'sd library backup copies a library, sd library delete removes one',
  });
}

/** Answers what throws where a source is the folder, or one above it: it would come into itself, by whatever name and mount. */
export function intoItself(folder: string, { disk }: Pick<PlanningParts, 'disk'>): (source: Located) => void {
  const above: FileFacts[] = [];
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
    const facts = disk.facts(at);
    if (facts) above.push(facts);
  }
  return (source) => {
    if (source.facts.type !== FOLDER) return;
    if (!isWithin(folder, source.path) && !above.some((facts) => isSame(facts, source.facts))) return;
    throw new SdError(
      'CONFLICT',
      `${showNative(source.path)} cannot come into itself: ${showNative(folder)} is within it`,
      { way_out: 'choose a folder outside of it' },
    );
  };
}

export function isSame(one: Pick<FileFacts, 'inode' | 'device'>, other: Pick<FileFacts, 'inode' | 'device'>): boolean {
  return one.inode === other.inode && one.device === other.device;
}

export function pathOfRow(location: LocationWithTotals): string {
  return nameOfStored(location.path);
}
