import type { Changed, Created } from '../../file-actions/index-follower.ts';
import { storeFullHash } from '../../db/library/full-hashes.ts';
import { deleteTrashedAt, insertTrashed } from '../../db/library/trashed.ts';
import { updateRootEntry } from '../../db/library/root-entry.ts';
import { FILE } from '../../domain/entry.ts';
import { identifies } from '../../domain/location.ts';
import type { FileFacts } from '../../ports/files.ts';
import { keptAt, letGo } from '../keeping/kept.ts';
import type { Batch } from './batch.ts';
import { rowFacts } from './followed-row.ts';
import { hasItsBytes } from './known-content.ts';

export function followCreated(batch: Batch, change: Created): void {
  const { path, facts } = change;
  const spot = batch.paths.spot(path, facts.type);
  if (!spot) {
    batch.touched(path);
    if (facts.type === FILE && facts.links > 1) batch.following.look.linked(facts.inode);
    return replacedKept(batch, path);
  }
  const { copyOf } = change;
  const content = copyOf && identifies(spot.location.mode) ? batch.sources.find(batch, copyOf, spot.name) : undefined;
  const known = batch.in(spot);
  if (known?.type === facts.type) {
    // Said twice, after a crash. Else it has taken the place of a file that somebody else took away.
    const same = known.inode === facts.inode && hasItsBytes(known, rowFacts(facts));
    batch.update(spot, known, facts, same);
    if (content && !same) batch.setContent(known.id, content);
    return hashed(batch, known.id, change.hash, facts);
  }
  if (known) batch.displaced(spot, known);
  hashed(batch, batch.insert(spot, facts, content ? { content } : {}), change.hash, facts);
}

export function followChanged(batch: Batch, { path, facts, sameContent, wasModified, replaced }: Changed): void {
  const { tx, following, paths } = batch;
  if (replaced) {
    const folderInode = following.keeper.folderInode(replaced.place);
    insertTrashed(tx, { ...replaced, entry: undefined, path, folderInode, at: following.now() });
  }
  const location = paths.locationOf(path);
  if (location?.path === path) return updateRootEntry(tx, location.root, facts);
  const found = batch.known(path);
  if (found?.row.type !== facts.type) return;
  const now = rowFacts(facts);
  // Said twice, after a crash, the row has the new time already.
  const isKnown = hasItsBytes(found.row, now, wasModified) || hasItsBytes(found.row, now);
  batch.update(found.spot, found.row, facts, sameContent && (wasModified === undefined || isKnown));
}

/** BLAKE3 of the whole file as it was read back. */
export function hashed(batch: Batch, entry: number, hash: Uint8Array | undefined, facts: FileFacts): void {
  if (!hash || facts.type !== FILE) return;
  batch.rows.settle(entry);
  storeFullHash(batch.tx, { entry, hash, size: facts.size, mtime: facts.mtime });
}

/** What was kept at a path where something else has been made since is there no more. */
function replacedKept({ tx }: Batch, path: string): void {
  const kept = keptAt(tx, path);
  if (kept !== undefined) letGo(tx, kept);
  deleteTrashedAt(tx, path);
}
