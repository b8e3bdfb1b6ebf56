import { nameOfStored } from '../../domain/entry.ts';
import { parentOf } from '../../domain/native-path.ts';
import { sameInode } from '../../domain/same-inode.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { WriteTransaction } from '../../db/write.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { PER_WRITE, inParts } from './finish-leaving.ts';
import { letGo } from './kept.ts';
import { forgetKept, keptTopDown } from './shelve.ts';

/** What was moved out of all locations is kept so long; what is in the trash, for as long as it is. */
const MOVED_OUT_MS = 90 * 24 * 60 * 60_000;
const PAGE = 500;

export interface KeptSweep {
  readonly writer: LibraryWriter;
  readonly files: Pick<ReadFiles, 'facts'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  stopped(): boolean;
}

interface Lying {
  readonly id: number;
  readonly path: string | Uint8Array;
  readonly inode: number;
  readonly folder_inode: number;
  readonly since: number;
  readonly trashed: 0 | 1;
}

const KEPT = `SELECT entry_id AS id, path, inode, folder_inode, kept_at AS since,
    EXISTS (SELECT 1 FROM trashed t WHERE t.place = k.path) AS trashed
  FROM kept k WHERE going = 0 AND entry_id > ? ORDER BY entry_id LIMIT ${PAGE}`;
const TRASHED = `SELECT id, place AS path, inode, folder_inode, trashed_at AS since, 1 AS trashed
  FROM trashed WHERE id > ? ORDER BY id LIMIT ${PAGE}`;

/**
 * Looks whether what is kept, and what is in the trash, lies where it was put, and notes what does not. In the turn of
 * the index: what an action takes from there at that moment is not gone.
 */
export function findGone(sweep: KeptSweep): void {
  const { files, now } = sweep;
  const isOld = ({ trashed, since }: Lying): boolean => trashed === 0 && now - since > MOVED_OUT_MS;
  each(
    sweep,
    KEPT,
    (row) => isOld(row) || isGone(files, row),
    (tx, id) => letGo(tx, id),
  );
  each(
    sweep,
    TRASHED,
    (row) => isGone(files, row),
    (tx, id) => void tx.run('DELETE FROM trashed WHERE id = ?', id),
  );
}

/** Forgets the rows of what is nowhere any more; answers how many, and whether that was all. */
export function forgetGone({ writer, stopped }: KeptSweep): { entries: number; finished: boolean } {
  let entries = 0;
  const going = writer.db.prepare<{ id: number }>('SELECT entry_id AS id FROM kept WHERE going = 1').all();
  for (const { id } of going) {
    // From below: where it is stopped, what is left is still found from its top.
    const ids = [...keptTopDown(writer.db, id, PER_WRITE)].flat().reverse();
    for (const part of inParts(ids)) {
      if (stopped()) return { entries, finished: false };
      writer.write((tx) => forgetKept(tx, part));
      entries += part.length;
    }
    writer.write((tx) => tx.run('DELETE FROM kept WHERE entry_id = ?', id));
  }
  return { entries, finished: true };
}

function each(
  { writer, stopped }: KeptSweep,
  sql: string,
  goes: (row: Lying) => boolean,
  change: (tx: WriteTransaction, id: number) => void,
): void {
  for (let after = -1; !stopped();) {
    const page = writer.db.prepare<Lying>(sql).all(after);
    const gone = page.filter(goes);
    if (gone.length > 0) writer.write((tx) => gone.forEach(({ id }) => change(tx, id)));
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/**
 * It is gone where the folder it lay in is there and has it no more. A folder that is not there, or is another one, says
 * nothing: its disk is away.
 */
function isGone(files: Pick<ReadFiles, 'facts'>, { path: stored, inode, folder_inode }: Lying): boolean {
  const path = nameOfStored(stored);
  try {
    const folder = files.facts(parentOf(path) ?? path);
    if (folder?.inode !== folder_inode) return false;
    const there = files.facts(path);
    return !there || !sameInode(inode, there.inode);
  } catch {
    return false;
  }
}
