import { FOLDER } from '../../domain/entry.ts';
import { storedName } from '../../db/library/root-entry.ts';
import type { KeptRow } from '../keeping/keeper.ts';
import { moveEntry } from '../write-rows.ts';
import type { Batch } from './batch.ts';
import type { FollowedRow } from './followed-row.ts';
import type { Spot } from './index-paths.ts';

interface Found {
  readonly spot: Spot;
  readonly row: FollowedRow;
}

/**
 * A folder that was moved piece by piece to where another was made for it, and is empty and gone: that other one was only
 * the place it was going to, and is this one from now on. What is in it changes hands; its names, sums and facts stay.
 */
export function becomeAgain(batch: Batch, from: string, left: Found | undefined, made: Found): void {
  const { tx, following } = batch;
  const { keeper, names, look, report } = following;
  if (left) batch.leaving(left.spot, left.row);
  else batch.flush();
  const id = left?.row.id ?? keeper.comeBack(tx, from);
  if (id === undefined || id === made.row.id) return;
  // What is in the way of the emptied folder's own rows was not moved, and is nowhere any more.
  for (const child of tx.prepare<KeptRow>(CHILDREN).all(id)) keeper.drop(tx, child);
  const now = batch.row(made.row.id) ?? made.row;
  tx.run('UPDATE entries SET parent_id = ?, revision = ? WHERE parent_id = ?', id, tx.revision, now.id);
  tx.run('DELETE FROM folders WHERE entry_id = ?', id);
  tx.run('UPDATE folders SET entry_id = ? WHERE entry_id = ?', id, now.id);
  tx.run('DELETE FROM entries WHERE id = ?', now.id);
  tx.tombstone('entries', now.id);
  moveEntry(tx, id, made.spot.folder, storedName(made.spot.name));
  batch.setFacts({ ...now, id }, now, false);
  names.forget(now.id);
  names.forget(id);
  names.set(made.spot.folder, made.spot.name, id);
  look.at(id);
  if (left) report.moved(left.spot.location, made.spot.location);
}

const CHILDREN = `SELECT id, type, inode FROM entries WHERE parent_id = ? ORDER BY type = ${FOLDER}`;
