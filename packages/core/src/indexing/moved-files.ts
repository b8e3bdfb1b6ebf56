import { FILE, nameOfStored } from '../domain/entry.ts';
import { kindByName } from '../domain/kinds.ts';
import { noteSuccession, succeed } from '../db/library/successions.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../platform.ts';
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

/** The row that was added gives way to the old one, which takes its place. The caller removes it first. */
export function takePlace(tx: WriteTransaction, { old, found }: MovedFile): void {
  moveEntry(tx, old.id, found.parent_id ?? 0, found.name);
  if (old.links !== found.links) tx.run('UPDATE entries SET links = ? WHERE id = ?', found.links, old.id);
  // What a file is depends on its name too: under another kind of name it is looked into again, if it was not already.
  if (kindByName(FILE, nameOfStored(old.name)) !== kindByName(FILE, nameOfStored(found.name))) {
    if (found.content_id === null) noteSuccession(tx, old.id);
    tx.run('UPDATE entries SET kind = ?, content_id = ? WHERE id = ?', found.kind, found.content_id, old.id);
    if (found.content_id !== null) succeed(tx, old.id, found.content_id);
    if (old.content_id !== null && found.content_id === null)
      tx.run('UPDATE folders SET unidentified = 1 WHERE entry_id = ?', found.parent_id);
  }
}
