import type { WriteTransaction } from '../../db/write.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

const ENTRY = 'id, parent_id, name, type, kind, size, mtime, inode, links, uuid, content_id';
const FOLDER = 'bytes, files, folders, children, own_bytes, own_files, own_folders, signature, stale, unidentified';
const IDS = '(SELECT value FROM json_each(?))';
const of = (table: string, columns: string): string =>
  columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');

const SHELVE = `INSERT OR REPLACE INTO kept_entries (${ENTRY}, revision, ${FOLDER})
  SELECT ${of('e', ENTRY)}, ?, ${of('f', FOLDER)}
  FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value LEFT JOIN folders f ON f.entry_id = e.id`;
const UNSHELVE = `INSERT INTO entries (${ENTRY}, revision) SELECT ${ENTRY}, ? FROM kept_entries WHERE id IN ${IDS}`;
const UNSHELVE_FOLDERS = `INSERT INTO folders (entry_id, ${FOLDER})
  SELECT id, ${FOLDER} FROM kept_entries WHERE type = 1 AND id IN ${IDS}`;

/** Takes rows out of the index and keeps them. A folder goes after what is in it, or with it. */
export function shelve(tx: WriteTransaction, ids: readonly number[]): void {
  const list = JSON.stringify(ids);
  tx.run(SHELVE, tx.revision, list);
  tx.run(`DELETE FROM folders WHERE entry_id IN ${IDS}`, list);
  tx.run(`DELETE FROM entries WHERE id IN ${IDS}`, list);
}

/**
 * Puts rows that were kept back into the index, a folder before what is in it, or with it. The index of names may have
 * been made without them: it is told, as of names that are new.
 */
export function unshelve(tx: WriteTransaction, ids: readonly number[]): void {
  const list = JSON.stringify(ids);
  tx.run(UNSHELVE, tx.revision, list);
  tx.run(UNSHELVE_FOLDERS, list);
  tx.run(`INSERT OR IGNORE INTO renamed_entries (id) SELECT value FROM json_each(?)`, list);
  tx.run(`DELETE FROM kept_entries WHERE id IN ${IDS}`, list);
}

/** Forgets rows that were kept. */
export function forgetKept(tx: WriteTransaction, ids: readonly number[]): void {
  const list = JSON.stringify(ids);
  for (const [table, column] of OF_ENTRIES) tx.run(`DELETE FROM ${table} WHERE ${column} IN ${IDS}`, list);
}
const OF_ENTRIES = [
  ['full_hashes', 'entry_id'],
  ['successions', 'entry_id'],
  ['kept_entries', 'id'],
] as const;

/** The ids of a kept entry and of all below it, in parts of at most `most`, a folder before what is in it. */
export function* keptTopDown(db: ReadConnection, top: number, most: number): Generator<number[]> {
  let part: number[] = [];
  const folders: number[] = [];
  const first = db.prepare<Kept>('SELECT id, type FROM kept_entries WHERE id = ?').get(top);
  if (!first) return;
  part.push(top);
  if (first.type === 1) folders.push(top);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { id, type } of db.prepare<Kept>('SELECT id, type FROM kept_entries WHERE parent_id = ?').all(folder)) {
      if (type === 1) folders.push(id);
      if (part.push(id) < most) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
interface Kept {
  readonly id: number;
  readonly type: number;
}
