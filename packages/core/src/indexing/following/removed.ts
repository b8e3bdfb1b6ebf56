import type { Removed } from '../../file-actions/index-follower.ts';
import { deleteTrashedAt, insertTrashed } from '../../db/library/trashed.ts';
import { FOLDER } from '../../domain/entry.ts';
import { gather, keptAt, keptBelow, letGo, movedKept } from '../keeping/kept.ts';
import { removeEntry } from '../missing.ts';
import type { Batch } from './batch.ts';
import { becomeAgain } from './emptied-folder.ts';
import type { FollowedRow } from './followed-row.ts';
import type { Spot } from './index-paths.ts';
import { keep } from './moved.ts';

export function followRemoved(batch: Batch, change: Removed): void {
  const { path, entry, movedTo, trashed } = change;
  const { tx, following } = batch;
  batch.touched(path);
  const found = batch.known(path, entry);
  if (trashed) {
    const folderInode = following.keeper.folderInode(trashed.place);
    if (found) keep(batch, found, trashed.place, trashed.facts);
    else movedKept(tx, path, trashed.place, { inode: trashed.facts.inode, folderInode });
    const kept = found?.row.id ?? keptAt(tx, trashed.place);
    insertTrashed(tx, { ...trashed, entry: kept, path, folderInode, at: following.now() });
  } else if (movedTo !== undefined) emptied(batch, path, movedTo, found);
  else if (found) gone(batch, found);
  else goneFromElsewhere(batch, path);
  if (found?.row.type === FOLDER || movedTo !== undefined) batch.paths.foldersChanged();
}

/** A folder that was moved piece by piece. */
function emptied(
  batch: Batch,
  path: string,
  movedTo: string,
  found: { spot: Spot; row: FollowedRow } | undefined,
): void {
  const made = batch.known(movedTo);
  if (made?.row.type === FOLDER) becomeAgain(batch, path, found, made);
  else if (found) {
    keep(batch, found, movedTo, batch.facts(movedTo) ?? found.row);
    gather(batch.tx, found.row.id, movedTo);
  } else {
    const { keeper } = batch.following;
    movedKept(batch.tx, path, movedTo, {
      inode: batch.facts(movedTo)?.inode ?? 0,
      folderInode: keeper.folderInode(movedTo),
    });
  }
}

function gone(batch: Batch, { spot, row }: { spot: Spot; row: FollowedRow }): void {
  batch.leaving(spot, row);
  if (row.type === FOLDER && batch.tx.prepare('SELECT 1 FROM entries WHERE parent_id = ? LIMIT 1').get(row.id))
    batch.following.keeper.drop(batch.tx, row);
  else removeEntry(batch.tx, row.id);
  if (row.type === FOLDER) batch.following.names.forget(row.id);
}

/** It may have been kept, or lain in the trash. */
function goneFromElsewhere({ tx, following }: Batch, path: string): void {
  const kept = keptAt(tx, path);
  if (kept !== undefined) {
    const linked = tx
      .prepare<{ inode: number }>('SELECT inode FROM kept_entries WHERE id = ? AND type = 0 AND links = 1')
      .get(kept);
    if (linked) following.look.linked(linked.inode);
    letGo(tx, kept);
  }
  for (const { id } of keptBelow(tx, path)) letGo(tx, id);
  deleteTrashedAt(tx, path);
}
