import type { Moved, Restored } from '../../file-actions/index-follower.ts';
import { updateLocation } from '../../db/library/locations.ts';
import { renameRootEntry, storedName } from '../../db/library/root-entry.ts';
import { deleteTrashed, deleteTrashedAt, placeOfTrashed } from '../../db/library/trashed.ts';
import { FILE, FOLDER } from '../../domain/entry.ts';
import { identifies } from '../../domain/location.ts';
import { basenameOf, isWithin } from '../../domain/native-path.ts';
import type { FileFacts } from '../../ports/files.ts';
import { handedOver, keptBelow, movedKept } from '../keeping/kept.ts';
import { removeEntry } from '../missing.ts';
import type { LiveLocation } from '../passes/places.ts';
import { isPlace } from '../rules/built-in.ts';
import { moveEntry } from '../write-rows.ts';
import type { Batch } from './batch.ts';
import { hashed } from './created.ts';
import { type FollowedRow, rowFacts } from './followed-row.ts';
import type { Spot } from './index-paths.ts';
import { allUnidentified, hasItsBytes, sameKindOfName } from './known-content.ts';

export function followMoved(batch: Batch, change: Moved): void {
  const { from, to, facts, entry, hash } = change;
  if (facts.type === FOLDER) relocate(batch, from, to);
  batch.touched(from);
  batch.touched(to);
  const left = batch.known(from, entry);
  const spot = batch.paths.spot(to, facts.type);
  if (left?.row.type === facts.type) {
    if (spot) within(batch, left, spot, change);
    else keep(batch, left, to, facts);
  } else {
    if (left) batch.displaced(left.spot, left.row);
    if (spot) comeIn(batch, from, spot, change);
    else movedKept(batch.tx, from, to, { inode: facts.inode, folderInode: batch.following.keeper.folderInode(to) });
    deleteTrashedAt(batch.tx, from);
  }
  if (facts.type === FOLDER) batch.paths.foldersChanged();
  const arrived = spot && hash ? batch.in(spot) : undefined;
  if (arrived) hashed(batch, arrived.id, hash, facts);
}

export function followRestored(batch: Batch, { trashed, to, facts, entry }: Restored): void {
  const place = placeOfTrashed(batch.tx, trashed);
  if (place !== undefined && entry !== undefined) handedOver(batch.tx, entry, place);
  // After a crash it may be said twice: then it is where it was brought, or is found there as anything new.
  followMoved(batch, { type: 'moved', from: place ?? to, to, facts });
  deleteTrashed(batch.tx, trashed);
}

/** It lies where no index has it, and its rows are kept. */
export function keep(
  batch: Batch,
  { spot, row }: { spot: Spot; row: FollowedRow },
  path: string,
  facts: Pick<FileFacts, 'inode'>,
): void {
  batch.leaving(spot, row);
  batch.following.keeper.keep(batch.tx, { ...row, inode: facts.inode }, path);
}

function within(batch: Batch, left: { spot: Spot; row: FollowedRow }, spot: Spot, change: Moved): void {
  const { from, to, facts, wasModified } = change;
  const { row } = left;
  const { report } = batch.following;
  if (row.parent_id === spot.folder && row.name === spot.name) {
    batch.update(spot, row, facts, hasItsBytes(row, rowFacts(facts), wasModified));
    return;
  }
  makeRoom(batch, spot, facts);
  batch.leaving(left.spot, row);
  settle(batch, row, spot, change);
  report.moved(left.spot.location, spot.location);
  if (row.type !== FOLDER) return;
  const elsewhere = left.spot.location !== spot.location;
  if (elsewhere && identifies(spot.location.mode) && !identifies(left.spot.location.mode))
    allUnidentified(batch.tx, row.id);
  if (elsewhere || rulesMayDiffer(batch, spot.location, from, to)) batch.following.look.at(row.id, true);
}

/** From where no index had it: as who it was, where its rows were kept; else as something new. */
function comeIn(batch: Batch, from: string, spot: Spot, change: Moved): void {
  const { to, facts, wasModified } = change;
  const { keeper, look } = batch.following;
  const known = batch.in(spot);
  // Said twice, after a crash.
  if (known?.type === facts.type && known.inode === facts.inode) {
    batch.update(spot, known, facts, hasItsBytes(known, rowFacts(facts), wasModified));
    return;
  }
  const id = keeper.comeBack(batch.tx, from);
  const row = id === undefined ? undefined : batch.row(id);
  makeRoom(batch, spot, facts);
  if (row?.type === facts.type) {
    settle(batch, row, spot, change);
    if (row.type === FOLDER) look.at(row.id, true);
  } else {
    if (row) keeper.drop(batch.tx, row);
    batch.insert(spot, facts, { unknown: facts.type === FOLDER });
  }
  if (facts.type === FOLDER) broughtAlong(batch, from, to);
}

/** What was kept by itself below a folder that came back comes back with it. */
function broughtAlong(batch: Batch, from: string, to: string): void {
  batch.flush();
  batch.paths.foldersChanged();
  for (const { path } of keptBelow(batch.tx, from)) {
    const now = to + path.slice(from.length);
    const facts = batch.facts(now);
    if (facts) followMoved(batch, { type: 'moved', from: path, to: now, facts });
  }
}

/** The row of an entry that has left its place is at this one. */
function settle(batch: Batch, row: FollowedRow, spot: Spot, { facts, wasModified }: Moved): void {
  const { tx } = batch;
  const now = { ...rowFacts(facts), ...(row.type === FOLDER ? { links: row.links } : {}) };
  const knows = hasItsBytes(row, now, wasModified) && sameKindOfName(row.name, spot.name);
  const arrived = { ...row, ...now, name: spot.name, parent_id: spot.folder };
  moveEntry(tx, row.id, spot.folder, storedName(spot.name));
  batch.setFacts(arrived, now, row.type === FILE && !knows);
  if (row.type === FILE) {
    // Facts are those of the same bytes still: what was read of them holds.
    if (knows) tx.run('UPDATE full_hashes SET mtime = ? WHERE entry_id = ?', now.mtime, row.id);
    if (!knows || row.content_id === null) batch.wantsContent(spot.location, spot.folder);
  }
  batch.arrived(spot, arrived);
}

/** Whatever the index has under the name is not there any more. */
function makeRoom(batch: Batch, spot: Spot, facts: FileFacts): void {
  const there = batch.in(spot);
  if (!there) return;
  if (there.type === facts.type && there.inode === facts.inode && there.type !== FOLDER) {
    // Somebody saw it there first, and took it for something new.
    batch.leaving(spot, there);
    removeEntry(batch.tx, there.id);
  } else batch.displaced(spot, there);
}

/** What is left out below it may depend on where it lies. */
function rulesMayDiffer(batch: Batch, location: LiveLocation, from: string, to: string): boolean {
  return batch.paths.rulesLookAround(location) || [...from.split('/'), ...to.split('/')].some(isPlace);
}

/** Locations in a folder that is moved go with it. */
function relocate({ tx, paths }: Batch, from: string, to: string): void {
  for (const { row, path, root } of paths.locations) {
    if (!isWithin(path, from)) continue;
    const now = to + path.slice(from.length);
    // Where it is on its volume is found out anew, from where it is.
    updateLocation(tx, row.id, { path: storedName(now), volume_path: null });
    if (path === from) renameRootEntry(tx, root, basenameOf(now));
  }
}
