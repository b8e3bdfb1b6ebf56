import { FOLDER } from '../../domain/entry.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { type Located, locate, locateCopy } from './locate.ts';
import type { PlanningParts } from './parts.ts';
import { pathOfRow, refuseOwnData } from './refusals.ts';
import { several } from './warnings.ts';

/** What is to be copied: it stays, so that any copy of a content will do. */
export function sourcesToCopy(texts: readonly string[], parts: PlanningParts): Located[] {
  const sources = distinct(
    texts.map((text) => locateCopy(text, parts)),
    parts,
  );
  for (const { path } of sources) refuseOwnData(path, parts);
  return sources;
}

/** What is to be moved, renamed or taken away: the root of a location or of a disk stays where it is. */
export function sourcesToTake(texts: readonly string[], parts: PlanningParts): Located[] {
  const sources = distinct(
    texts.map((text) => locate(text, parts)),
    parts,
  );
  for (const source of sources) refuseTaking(source, parts);
  return sources;
}

function refuseTaking({ path, folder, facts }: Located, parts: PlanningParts): void {
  const { disk, index, files } = parts;
  const shown = showNative(path);
  refuseOwnData(path, parts, 'within');
  if (facts.type === FOLDER && disk.isMountPoint(path))
    throw new SdError('CONFLICT', `${shown} is where a file system is mounted`, {
      way_out: 'unmount it, or name what lies in it',
    });
  const location = facts.type === FOLDER ? index.locationsWithin(path)[0] : undefined;
  if (location) {
    const is = pathOfRow(location) === path;
    throw new SdError('CONFLICT', `${shown} ${is ? 'is' : 'contains'} the location "${location.name}"`, {
      location: location.name,
      way_out: `remove the location first (its files stay): sd location remove "${location.name}"`,
    });
  }
  if (!files.mayWriteIn(folder) || disk.mountOf(folder)?.readOnly)
    throw new SdError('NOT_WRITABLE', `nothing can be taken out of ${showNative(folder)}: it cannot be written`, {
      way_out: 'copy it instead, or let this user write there',
    });
}

/** Each once; what lies in another of them goes with that one. */
function distinct(sources: readonly Located[], { warnings }: PlanningParts): Located[] {
  const kept: Located[] = [];
  const folders = sources.filter(({ facts }) => facts.type === FOLDER);
  let left = 0;
  const seen = new Set<string>();
  for (const source of sources) {
    const inside = folders.some(({ path }) => path !== source.path && isWithin(source.path, path));
    if (seen.has(source.path) || inside) left++;
    else kept.push(source);
    seen.add(source.path);
  }
  if (left > 0)
    warnings.say(`${several(left, 'source is', 'sources are')} named twice, or lie within another, and count once`);
  return kept;
}
