import { FOLDER } from '../../domain/entry.ts';
import { isWithin, joinNative, showNative } from '../../domain/native-path.ts';
import { sizeForPeople } from '../../domain/for-people.ts';
import { SdError } from '../../errors.ts';
import type { TransferRequest } from '../protocol.ts';
import { alreadyThere } from './already-there.ts';
import { expectedTime } from './expected-time.ts';
import { Landing, type Met } from './landing.ts';
import { FolderLister } from './listing.ts';
import type { Located } from './locate.ts';
import { Losses } from './losses.ts';
import { checkName, nameKey } from './names.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { intoItself, isSame } from './refusals.ts';
import { sayOpenElsewhere } from './open-elsewhere.ts';
import { sourcesToCopy, sourcesToTake } from './sources.ts';
import { type Target, type TargetFolder, findTarget } from './target.ts';
import { TreeTransfer, atTop } from './tree-transfer.ts';
import { countWhole, sayMayGoApart } from './whole-folder.ts';
import { several } from './warnings.ts';

/** Plans `entries.copy` and `entries.move`. */
export function planTransfer(request: TransferRequest, parts: PlanningParts): Planned {
  const copying = request.operation === 'entries.copy';
  const sources = copying ? sourcesToCopy(request.sources, parts) : sourcesToTake(request.sources, parts);
  const target = findTarget(request.to, sources.length, parts);
  const { folder } = target;
  const lister = new FolderLister(parts.files);
  const landing = Landing.there(folder, { disk: parts.disk, lister, expected: sources.length, anywhere: true });
  const trees = new TreeTransfer(parts, copying);
  const crossing = new Set<Located>();
  const refuseIntoItself = intoItself(folder.path, parts);
  for (const source of sources) {
    parts.checkCancelled();
    refuseIntoItself(source);
    if (!goes(source, { copying, request, target, landing, trees }, parts)) crossing.add(source);
  }
  if (!copying) sayOpenElsewhere(sources, parts);
  const apart = copying ? sources : [...crossing];
  for (const source of apart) sayCrossing(source, folder, copying, parts);
  return {
    summary: summaryOf(sources, target, copying),
    target: { folder: folder.path, device: folder.device },
    sharesBytes:
      apart.every((source) => parts.disk.sameFileSystem(onDisk(source), folder)) && sharesBytes(folder, parts),
    ...expectedTime(request.operation, apart, folder, parts),
    ...alreadyThere(trees.contents, folder, parts),
  };
}

/** Plans one source. Answers whether it goes by renames. */
function goes(
  source: Located,
  {
    copying,
    request,
    target,
    landing,
    trees,
  }: { copying: boolean; request: TransferRequest; target: Target; landing: Landing; trees: TreeTransfer },
  parts: PlanningParts,
): boolean {
  const { disk } = parts;
  const { folder } = target;
  const name = target.name ?? source.name;
  checkName(name, folder.path, folder.limits);
  refuseTooLarge(source, folder);
  const own = isItself(source, name, target.folder, parts);
  if (own && !(copying && request.on_conflict === 'keep_both')) throw ontoItself(source, copying);
  // What lies in the folder of that name goes with it, so that it can come beside it alone.
  const beside = own || (folder.path !== source.folder && isWithin(source.path, joinNative(folder.path, name)));
  const met: Met = beside ? { conflict: 'twice' } : landing.meets(name, source.facts);
  const apart = atTop(source, { landing, target: name, met });
  // A subvolume goes by the folder it lies in.
  const renames = !copying && disk.renames({ path: source.folder, device: source.folderFacts.device }, folder);
  const merges = source.facts.type === FOLDER && met.conflict === 'folder';
  if (source.facts.type === FOLDER && (!renames || merges)) {
    trees.folder(apart);
    return renames;
  }
  trees.single(apart, renames);
  if (renames) {
    countWhole(source, parts);
    sayMountedBelow(source, parts);
    sayMayGoApart(source, parts);
  }
  return renames;
}

/** The same name in the same folder; where case does not count, however it is written. */
function isItself(source: Located, name: string, folder: TargetFolder, { disk }: PlanningParts): boolean {
  if (source.folder !== folder.path && !isSame(source.folderFacts, folder.facts)) return false;
  if (name === source.name) return true;
  if (folder.limits.caseSensitive !== false) return false;
  const there = disk.facts(joinNative(folder.path, name));
  return there !== undefined && nameKey(name, folder.limits) === nameKey(source.name, folder.limits);
}

function ontoItself({ path }: Located, copying: boolean): SdError {
  return new SdError('CONFLICT', `${showNative(path)} lies there already`, {
    way_out: copying
      ? 'sd cp --on-conflict keep-both gives the copy a numbered name'
      : 'choose another folder; sd rename gives it another name',
  });
}

function refuseTooLarge({ path, facts }: Located, { limits, path: folder }: TargetFolder): void {
  if (facts.type === FOLDER || limits.fileSize === undefined || facts.size <= limits.fileSize) return;
  throw new SdError(
    'LIMIT',
    `${showNative(path)} has ${sizeForPeople(facts.size)}, and a file in ${showNative(folder)} at most ${sizeForPeople(limits.fileSize)}`,
    {
      way_out: 'choose a folder on another file system',
    },
  );
}

function sayCrossing(source: Located, folder: TargetFolder, copying: boolean, { disk, warnings }: PlanningParts): void {
  const from = onDisk(source);
  if (disk.sameFileSystem(from, folder)) {
    if (!copying)
      warnings.say(
        'no rename leads there, though it is the same file system: what is moved is copied, compared, and then removed here',
      );
    return;
  }
  if (!copying)
    warnings.say('the target is on another file system: what is moved is copied, compared, and then removed here');
  Losses.ofFileSystem(disk.limits(from), folder.limits, warnings);
}

function sayMountedBelow({ path }: Located, { disk, warnings }: PlanningParts): void {
  const below = disk.mountsBelow(path);
  if (below.length > 0)
    warnings.say(
      `${several(below.length, 'other file system is', 'other file systems are')} mounted below ${showNative(path)} (${showNative(below[0] ?? '')}) and will be found below its new name`,
    );
}

function onDisk({ path, facts }: Located): { path: string; device: number } {
  return { path, device: facts.device };
}

function sharesBytes({ path }: TargetFolder, { disk }: PlanningParts): boolean {
  return disk.mountOf(path)?.copyOnWrite === true;
}

function summaryOf(sources: readonly Located[], { folder, name }: Target, copying: boolean): string {
  const [first] = sources;
  const what = sources.length === 1 && first ? `"${showNative(first.name)}"` : `${sources.length} items`;
  const where = name === undefined ? folder.path : joinNative(folder.path, name);
  return `${copying ? 'Copy' : 'Move'} ${what} to ${showNative(where)}`;
}
