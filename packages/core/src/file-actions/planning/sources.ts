import { FOLDER } from '../../domain/entry.ts';
import { parentOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { refuseInterface } from './kernel-mounts.ts';
import { type Located, locate, locateCopy } from './locate.ts';
import type { PlanningParts } from './parts.ts';
import { ownFolders, pathOfRow, refuseOwn } from './refusals.ts';
import { several } from './warnings.ts';

/** What is to be copied: it stays, so that any copy of a content will do. */
export function sourcesToCopy(texts: readonly string[], parts: PlanningParts): Located[] {
  const sources = sourcesOf(texts, locateCopy, parts);
  const own = ownFolders(parts);
  for (const { path } of sources) refuseOwn(path, own);
  return sources;
}

/** What is to be moved, renamed or taken away: the root of a location or of a disk stays where it is. */
export function sourcesToTake(texts: readonly string[], parts: PlanningParts): Located[] {
  const sources = sourcesOf(texts, locate, parts);
  const own = ownFolders(parts);
  for (const source of sources) {
    refuseOwn(source.path, own, 'within');
    refuseRoot(source, parts);
  }
  for (const folder of new Set(sources.map((source) => source.folder))) refuseReadOnly(folder, parts);
  return sources;
}

function sourcesOf(texts: readonly string[], find: typeof locate, parts: PlanningParts): Located[] {
  const sources = distinct(
    texts.map((text) => find(text, parts)),
    parts,
  );
  const places = new Set(sources.flatMap(({ path, folder }) => [path, folder]));
  for (const place of places) refuseInterface(place, parts.disk);
  return sources;
}

function refuseRoot({ path, facts }: Located, { disk, index }: PlanningParts): void {
  if (facts.type !== FOLDER) return;
  const shown = showNative(path);
  if (disk.isMountPoint(path))
    throw new SdError('CONFLICT', `${shown} is where a file system is mounted`, {
      way_out: 'unmount it, or name what lies in it',
    });
  const [location] = index.locationsWithin(path);
  if (!location) return;
  const is = pathOfRow(location) === path;
  throw new SdError('CONFLICT', `${shown} ${is ? 'is' : 'contains'} the location "${location.name}"`, {
    location: location.name,
    way_out: `sd location remove "${location.name}" first: its files stay, but what was said of its folders, or of one file alone, is forgotten`,
  });
}

function refuseReadOnly(folder: string, { files, disk }: PlanningParts): void {
  if (files.mayWriteIn(folder) && !disk.mountOf(folder)?.readOnly) return;
  throw new SdError('NOT_WRITABLE', `nothing can be taken out of ${showNative(folder)}: it cannot be written`, {
    way_out: 'copy it instead, or let this user write there',
  });
}

/** Each once; what lies in another of them goes with that one. */
function distinct(sources: readonly Located[], { warnings }: PlanningParts): Located[] {
  const folders = new Set(sources.filter(({ facts }) => facts.type === FOLDER).map(({ path }) => path));
  const kept = new Map<string, Located>();
  for (const source of sources) if (!isBelowOneOf(source.path, folders)) kept.set(source.path, source);
  const left = sources.length - kept.size;
  if (left > 0)
    warnings.say(`${several(left, 'source is', 'sources are')} named twice, or lie within another, and count once`);
  return [...kept.values()];
}

function isBelowOneOf(path: string, folders: ReadonlySet<string>): boolean {
  for (let at = parentOf(path); at !== undefined; at = parentOf(at)) if (folders.has(at)) return true;
  return false;
}
