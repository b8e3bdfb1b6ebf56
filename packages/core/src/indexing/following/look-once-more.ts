import { identifies } from '../../domain/location.ts';
import { TEMPORARY_PREFIX } from '../../domain/temporary-name.ts';
import { newListing } from '../../folder-listing.ts';
import type { Pace } from '../../pace.ts';
import type { FolderListing } from '../../ports/files.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hashing } from '../../ports/hashing.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { identifyFew } from '../passes/identify-few.ts';
import { otherNames, otherNamesUnknown } from '../passes/other-names.ts';
import { Pass } from '../passes/pass.ts';
import type { LiveLocation, Places } from '../passes/places.ts';
import type { Following } from './batch.ts';

export interface LookParts {
  readonly clock: Clock;
  readonly hashing: Hashing;
  readonly places: Places;
  readonly pace: Pace;
  isThere(location: LiveLocation): boolean;
}

/**
 * Looks at each folder that was touched, once (where things were only put in, and the names in it are those and no others, at
 * no more than these): for what others did there meanwhile, and what following could not know –
 * what a folder from elsewhere holds, what rules say of it now. What is missing is left to those who watch, or scan.
 * Then the files whose content is not known are read, where they are few.
 */
export function lookOnceMore(following: Following, parts: LookParts): void {
  const { writer, files, look, report } = following;
  const { clock, hashing, places, pace, isThere } = parts;
  const { folders, filled, linked } = look.take();
  const pass = new Pass({
    files,
    clock,
    writer,
    places,
    isThere,
    entering: () => false,
    firstNewId: writer.entryIds.next,
    left: new Set(),
  });
  for (const [folder, deep] of folders) pass.add(folder, deep);
  const listing = newListing();
  for (const folder of filled)
    if (!folders.has(folder) && !isAsItWasFilled(following, places, folder, listing)) pass.add(folder);
  if (linked.size > 0) {
    for (const folder of otherNames(writer.db, linked)) pass.add(folder);
    for (const folder of otherNamesUnknown(writer.db, linked)) pass.add(folder);
  }
  pass.work(() => {
    pace.giveWay();
    return true;
  });
  const withFiles = new Map<LiveLocation, Set<number>>();
  const has = (location: LiveLocation, folder: number): void => {
    const known = withFiles.get(location);
    if (known) known.add(folder);
    else withFiles.set(location, new Set([folder]));
  };
  const { locations, losses } = pass.leave();
  for (const { location, changes } of locations) {
    if (losses.some(({ root }) => root === location.root)) report.braked(location);
    for (const [folder, counts] of changes) {
      report.add(location, folder, counts);
      if (counts.files) has(location, folder);
    }
  }
  for (const folder of new Set([...folders.keys(), ...filled])) {
    const location = places.of(folder)?.location;
    if (location) has(location, folder);
  }
  for (const [location, all] of withFiles) {
    const unidentified = identifies(location.mode) ? [...all].filter((id) => isUnidentified(writer.db, id)) : [];
    if (unidentified.length === 0) continue;
    const root = { id: location.root, path: location.path };
    const done = identifyFew({ hashing, writer, root, folders: unidentified, mayGoOn: () => true });
    report.identified(location, done === undefined ? 'left' : 'all');
  }
}

/** What was put there has the facts it was given; a folder of ten thousand files is not asked for them again. */
function isAsItWasFilled({ files, names }: Following, places: Places, folder: number, listing: FolderListing): boolean {
  const place = places.of(folder);
  if (!place) return false;
  const there: string[] = [];
  try {
    files.listFolder(place.path, listing, (name) => {
      if (!name.startsWith(TEMPORARY_PREFIX)) there.push(name);
      return true;
    });
  } catch {
    return false;
  }
  return names.areAll(folder, there);
}

function isUnidentified(db: ReadConnection, folder: number): boolean {
  return db.prepare('SELECT 1 FROM folders WHERE entry_id = ? AND unidentified = 1').get(folder) !== undefined;
}
