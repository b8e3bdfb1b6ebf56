import { type TrashItem, trashItem, trashedBy, trashedFrom } from '../../db/library/trash-list.ts';
import { FOLDER } from '../../domain/entry.ts';
import { uuidFromText } from '../../domain/ids.ts';
import { basenameOf, joinNative, parentOf, showNative } from '../../domain/native-path.ts';
import type { StepFacts } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { RestoreRequest } from '../protocol.ts';
import { add, nearest } from './create.ts';
import { Landing, type Met } from './landing.ts';
import { factsOf } from '../facts-of.ts';
import { TrashPlaces, trashOffline } from '../trash-places.ts';
import { FolderLister } from './listing.ts';
import { isRoot, pathOf } from './locate.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { findTarget } from './target.ts';

/** Of one action. */
const MOST_ITEMS = 100_000;

interface Place {
  readonly landing: Landing;
  /** The step that makes the folder, where it is not there. */
  readonly made: number | undefined;
}

/** Plans `entries.restore`: out of the trash, to where it was or into a folder. */
export function planRestore(request: RestoreRequest, parts: PlanningParts): Planned {
  const items = [
    ...request.items.map((item) => itemOf(item, parts)),
    ...(request.receipt === undefined ? [] : ofAction(request.receipt, parts)),
  ];
  const places = new Map<string, Place>();
  const to =
    request.to === undefined ? undefined : findTarget(`${request.to.replace(/(.)\/+$/, '$1')}/`, 2, parts).folder.path;
  for (const item of new Map(items.map((one) => [one.uuid, one])).values()) {
    parts.checkCancelled();
    const facts = inTrash(item, parts);
    const folder = to ?? parentOf(item.path);
    if (folder === undefined) throw isRoot(item.path);
    const { landing, made } = placeOf(folder, items.length, places, parts);
    if (facts.device !== landing.device) throw onAnotherDisk(item, landing.path);
    const name = basenameOf(item.path);
    const target = made === undefined ? joinNative(landing.path, name) : name;
    parts.out.add({
      kind: 'restore',
      ...(made === undefined ? {} : { parent: made }),
      name: item.place,
      target,
      facts,
      entry: item.entry,
      trashed: item.uuid,
      ...asOne(landing.meets(name, facts)),
    });
    count(item, facts, parts);
  }
  const [first] = items;
  const what = items.length === 1 && first ? `"${showNative(basenameOf(first.path))}"` : `${items.length} items`;
  return { summary: `Bring ${what} back from the trash${to === undefined ? '' : ` to ${showNative(to)}`}` };
}

/** Out of a trash things are only ever renamed. */
function onAnotherDisk({ path }: TrashItem, folder: string): SdError {
  return new SdError(
    'CROSSES_VOLUME',
    `${showNative(path)} is in the trash of another disk than ${showNative(folder)}, and cannot come out of it there`,
    { path: showNative(path), way_out: 'bring it back to a folder on its own disk, then move it with sd mv' },
  );
}

/** A folder comes out of the trash in one piece. */
function asOne(met: Met): Met {
  return met.conflict === 'folder' ? { ...met, conflict: 'whole' } : met;
}

function itemOf(text: string, parts: PlanningParts): TrashItem {
  const found = uuidFromText(text) ? trashItem(parts.db, text) : trashedFrom(parts.db, pathOf(text, parts));
  if (found) return found;
  throw new SdError('NOT_FOUND', `nothing in the trash is, or was at, ${showNative(text)}`, {
    way_out: 'sd trash lists what was put there; what other programs put there, they bring back',
  });
}

function ofAction(receipt: string, { db }: PlanningParts): TrashItem[] {
  const items = trashedBy(db, receipt, MOST_ITEMS);
  if (items.length > 0) return items;
  throw new SdError('NOT_FOUND', `nothing that the action ${receipt} put into the trash is still there`);
}

function inTrash(item: TrashItem, { disk, db, files }: PlanningParts): StepFacts {
  const facts = disk.facts(item.place);
  if (facts) disk.limits({ path: parentOf(item.place) ?? item.place, device: facts.device });
  if (facts && (facts.inode === item.inode || !disk.keepsInodes(facts.device))) return factsOf(facts);
  const where = new TrashPlaces(db, files).of(item);
  if (where.state === 'offline') throw trashOffline(item.path, where.volume);
  throw new SdError('NOT_FOUND', `what was at ${showNative(item.path)} is not in the trash any more`, {
    way_out: 'what was emptied from the trash cannot come back',
  });
}

/** The folder it comes back to is made where it is gone. */
function placeOf(folder: string, expected: number, places: Map<string, Place>, parts: PlanningParts): Place {
  const known = places.get(folder);
  if (known) return known;
  const { folder: from, missing } = nearest(folder, true, parts);
  const { disk, files } = parts;
  let place: Place = {
    landing: Landing.there(from, { disk, lister: new FolderLister(files), expected, anywhere: true }),
    made: undefined,
  };
  for (const [at, name] of missing.entries()) {
    const path = missing.slice(0, at + 1).reduce(joinNative, from.path);
    const shared = places.get(path);
    place = shared ?? {
      landing: Landing.made({ ...from, path }),
      made: add('make_folder', name, place.made, from, parts),
    };
    places.set(path, place);
  }
  places.set(folder, place);
  return place;
}

function count(item: TrashItem, facts: StepFacts, { out, index }: PlanningParts): void {
  out.count(facts);
  const sums = facts.type === FOLDER && item.entry !== undefined ? index.sums(item.entry) : undefined;
  if (sums) out.countBelow(sums);
}
