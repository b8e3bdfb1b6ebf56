import { FOLDER } from '../../domain/entry.ts';
import { joinNative, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { newListing } from '../../folder-listing.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import type { PlanRequest } from '../protocol.ts';
import { Landing, type Met } from './landing.ts';
import { FolderLister } from './listing.ts';
import type { Located } from './locate.ts';
import { checkName, nameKey } from './names.ts';
import { sayOpenElsewhere } from './open-elsewhere.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { isSame } from './refusals.ts';
import { sourcesToTake } from './sources.ts';
import { TreeTransfer, atTop } from './tree-transfer.ts';
import { countWhole, sayMayGoApart } from './whole-folder.ts';

/** Plans `entries.rename`: another name in the same folder. */
export function planRename(
  request: Extract<PlanRequest, { operation: 'entries.rename' }>,
  parts: PlanningParts,
): Planned {
  const [source] = sourcesToTake([request.source], parts);
  if (!source) throw new Error('one source was named');
  const { name } = request;
  const limits = parts.disk.limits({ path: source.folder, device: source.folderFacts.device });
  checkName(name, source.folder, limits);
  if (name === source.name)
    throw new SdError('CONFLICT', `${showNative(source.path)} is called that already`, {
      way_out: 'choose another name',
    });
  const at = { path: source.folder, device: source.folderFacts.device, limits };
  const lister = new FolderLister(parts.files);
  const landing = Landing.there(at, { disk: parts.disk, lister, expected: 1, anywhere: false });
  const met: Met = isOwnName(source, name, limits, parts) ? { conflict: 'none' } : landing.meets(name, source.facts);
  const apart = atTop(source, { landing, target: name, met });
  const trees = new TreeTransfer(parts, false);
  if (source.facts.type === FOLDER && met.conflict === 'folder') trees.folder(apart);
  else {
    trees.single(apart, true);
    countWhole(source, parts);
    sayMayGoApart(source, parts);
  }
  sayOpenElsewhere([source], parts);
  return {
    summary: `Rename "${showNative(source.name)}" to "${showNative(name)}"`,
    target: { folder: source.folder, device: source.folderFacts.device },
  };
}

/** Where case does not count, what is found under the new name may be the thing itself. */
function isOwnName(source: Located, name: string, limits: NameLimits, { disk, files }: PlanningParts): boolean {
  const there = disk.facts(joinNative(source.folder, name));
  if (!there) return false;
  if (!isSame(there, source.facts) && nameKey(name, limits) !== nameKey(source.name, limits)) return false;
  const listing = newListing();
  files.listFolder(source.folder, listing);
  // A second name of the same file is listed beside the first.
  return !listing.names.includes(name);
}
