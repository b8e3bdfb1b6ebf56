import { FILE, nameOfStored } from '../domain/entry.ts';
import { kindByName } from '../domain/kinds.ts';
import { noteSuccession, succeed } from '../db/library/successions.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { SUBTREE_COLUMNS, type SubtreeRow, topDown } from './subtree.ts';
import { moveEntry } from './write-rows.ts';

/** Beyond this many missing files none is looked for elsewhere: a disk that was emptied, not a folder tidied up. */
const MOST_PAIRED = 200_000;

/** A file whose name is gone, and the row under which the scan added it again. */
export interface MovedFile {
  readonly old: SubtreeRow;
  readonly found: SubtreeRow;
}

/**
 * Which of the files in `gone` (and below the folders in it) turned up elsewhere: same inode, size and time.
 * `firstNewId`: files with this id and above were added since the location was last settled.
 */
export function findMovedFiles(db: ReadConnection, gone: readonly number[], firstNewId: number): MovedFile[] {
  if (gone.length === 0 || !db.prepare('SELECT 1 FROM entries WHERE id >= ? AND type = 0 LIMIT 1').get(firstNewId))
    return [];
  const byInode = new Map<number, SubtreeRow[]>();
  /** Added since then, and gone again. */
  const passing = new Set<number>();
  let files = 0;
  for (const top of gone) {
    for (const row of topDown(db, top)) {
      if (row.type !== FILE) continue;
      if (++files > MOST_PAIRED) return [];
      if (row.id >= firstNewId) passing.add(row.id);
      else byInode.set(row.inode, [...(byInode.get(row.inode) ?? []), row]);
    }
  }
  const moved: MovedFile[] = [];
  if (byInode.size === 0) return moved;
  const taken = new Set<number>();
  for (const found of db
    .prepare<SubtreeRow>(`SELECT ${SUBTREE_COLUMNS} FROM entries WHERE id >= ? AND type = 0`)
    .iterate(firstNewId)) {
    if (passing.has(found.id)) continue;
    const old = byInode
      .get(found.inode)
      ?.find((file) => file.size === found.size && file.mtime === found.mtime && !taken.has(file.id));
    if (!old) continue;
    taken.add(old.id);
    moved.push({ old, found });
  }
  return moved;
}

/** What was found out of the file meanwhile, by whoever reads contents, under the row that was added. */
interface FoundOut {
  readonly kind: number;
  readonly content_id: number | null;
  readonly uuid: Uint8Array | null;
}

/** The row that was added gives way to the old one, which takes its place. `remove` takes it out of the index. */
export function takePlace(tx: WriteTransaction, move: MovedFile, remove: (id: number) => void): void {
  const { old } = move;
  const now = tx.prepare<FoundOut>('SELECT kind, content_id, uuid FROM entries WHERE id = ?').get(move.found.id);
  const found = { ...move.found, ...now };
  remove(found.id);
  moveEntry(tx, old.id, found.parent_id ?? 0, found.name);
  if (old.links !== found.links) tx.run('UPDATE entries SET links = ? WHERE id = ?', found.links, old.id);
  // What a file is depends on its name too: under another kind of name it is looked into again, if it was not already.
  if (kindByName(FILE, nameOfStored(old.name)) !== kindByName(FILE, nameOfStored(found.name))) {
    if (found.content_id === null) noteSuccession(tx, old.id);
    tx.run('UPDATE entries SET kind = ?, content_id = ? WHERE id = ?', found.kind, found.content_id, old.id);
    if (found.content_id !== null) succeed(tx, old.id, found.content_id);
    if (old.content_id !== null && found.content_id === null)
      tx.run('UPDATE folders SET unidentified = 1 WHERE entry_id = ?', found.parent_id);
  } else if (found.content_id !== null) {
    // It was moved before it was known what it is: its folder does not say any more that it is to be found out.
    tx.run(
      'UPDATE entries SET kind = ?, content_id = ? WHERE id = ? AND content_id IS NULL',
      found.kind,
      found.content_id,
      old.id,
    );
  }
  if (now?.uuid) tx.run('UPDATE entries SET uuid = ? WHERE id = ? AND uuid IS NULL', now.uuid, old.id);
}
