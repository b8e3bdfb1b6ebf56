import { FILE, FOLDER } from '../domain/entry.ts';
import type { SqlValue } from '../platform.ts';
import type { LibraryWriter } from './library-writer.ts';
import { moveEntry } from './write-rows.ts';

/** Rows removed or moved per write: a few milliseconds. */
const PER_WRITE = 500;
/** Beyond this many missing files none is looked for elsewhere: a disk that was emptied, not a folder tidied up. */
const MOST_PAIRED = 200_000;

interface Row {
  readonly id: number;
  readonly parent_id: number;
  readonly name: SqlValue;
  readonly type: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
}

/**
 * Deals with entries that were not where the index had them. A file that turned up elsewhere in the same scan (same
 * inode, size and time) keeps its identity there; the rest leaves the index, each with a tombstone.
 *
 * `missing` are entries that the folder they were in did not list any more; `found` are folders among them that turned
 * up elsewhere. `firstNewId`: ids from here on were given by this scan.
 */
export function settleMissing(
  writer: LibraryWriter,
  { missing, found, firstNewId }: { missing: readonly number[]; found: ReadonlySet<number>; firstNewId: number },
  step: () => void,
): { moved: number; removed: number } {
  const gone = subtrees(writer, missing.filter((id) => !found.has(id)));
  const files = gone.filter((row) => row.type === FILE);
  const moves = files.length > 0 && files.length <= MOST_PAIRED ? pair(writer, files, firstNewId) : new Map<number, Row>();
  inSteps([...moves], step, (part) =>
    writer.write((tx) => {
      for (const [old, found] of part) {
        remove(tx, found.id);
        moveEntry(tx, old, found.parent_id, found.name);
      }
    }),
  );
  // Children before their folders, so that an interrupted removal leaves no entry without its folder.
  const removed = gone.filter((row) => !moves.has(row.id)).reverse();
  inSteps(removed, step, (part) => writer.write((tx) => part.forEach((row) => remove(tx, row.id))));
  return { moved: moves.size, removed: removed.length };
}

/** Removes all that lies below an entry, and the entry: for a location that was taken out of the library. */
export function sweepSubtree(writer: LibraryWriter, root: number, step: (removed: number) => void): void {
  const rows = [root, ...below(writer, root).map((row) => row.id)].reverse();
  // The root's own tombstone, left when the location was removed, speaks for all of them.
  inSteps(rows, () => step(PER_WRITE), (part) => writer.write((tx) => part.forEach((id) => deleteRows(tx, id))));
}

function subtrees(writer: LibraryWriter, missing: readonly number[]): Row[] {
  const rows: Row[] = [];
  const seen = new Set<number>();
  for (const id of missing) {
    const row = writer.db.prepare<Row>('SELECT id, parent_id, name, type, size, mtime, inode FROM entries WHERE id = ?').get(id);
    if (!row || seen.has(id)) continue;
    seen.add(id);
    rows.push(row);
    if (row.type !== FOLDER) continue;
    for (const child of below(writer, id)) {
      if (seen.has(child.id)) continue;
      seen.add(child.id);
      rows.push(child);
    }
  }
  return rows;
}

/** Everything below a folder, each folder before its children. */
function below(writer: LibraryWriter, folder: number): Row[] {
  const rows: Row[] = [];
  const folders = [folder];
  for (let id = folders.pop(); id !== undefined; id = folders.pop()) {
    for (const child of writer.db.prepare<Row>('SELECT id, parent_id, name, type, size, mtime, inode FROM entries WHERE parent_id = ?').all(id)) {
      rows.push(child);
      if (child.type === FOLDER) folders.push(child.id);
    }
  }
  return rows;
}

/** By id of a missing file, the row under which this scan added it again. */
function pair(writer: LibraryWriter, files: readonly Row[], firstNewId: number): Map<number, Row> {
  const byInode = new Map<number, Row[]>();
  for (const file of files) byInode.set(file.inode, [...(byInode.get(file.inode) ?? []), file]);
  const moves = new Map<number, Row>();
  const added = writer.db.prepare<Row>('SELECT id, parent_id, name, type, size, mtime, inode FROM entries WHERE id >= ? AND type = 0').iterate(firstNewId);
  for (const found of added) {
    const old = byInode.get(found.inode)?.find((file) => file.size === found.size && file.mtime === found.mtime && !moves.has(file.id) && file.id < firstNewId);
    if (old) moves.set(old.id, found);
  }
  return moves;
}

type Tx = Parameters<Parameters<LibraryWriter['write']>[0]>[0];

function remove(tx: Tx, id: number): void {
  deleteRows(tx, id);
  tx.tombstone('entries', id);
}

function deleteRows(tx: Tx, id: number): void {
  tx.run('DELETE FROM folders WHERE entry_id = ?', id);
  tx.run('DELETE FROM full_hashes WHERE entry_id = ?', id);
  tx.run('DELETE FROM entries WHERE id = ?', id);
}

function inSteps<T>(items: readonly T[], step: () => void, write: (part: readonly T[]) => void): void {
  for (let from = 0; from < items.length; from += PER_WRITE) {
    write(items.slice(from, from + PER_WRITE));
    step();
  }
}
