import { FILE, FOLDER, nameOfStored } from '../../domain/entry.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { SUBTREE_COLUMNS, type SubtreeRow } from '../subtree.ts';

/** What the index has of an entry, as far as a change can be about it. */
export interface FollowedRow extends SubtreeRow {
  readonly name: string;
}

/** As a row has them: a folder's size is what lies in it, and its links say whether a file system is mounted on it. */
export interface RowFacts {
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
}

export function readRow(db: ReadConnection, id: number): FollowedRow | undefined {
  const row = db.prepare<SubtreeRow>(`SELECT ${SUBTREE_COLUMNS} FROM entries WHERE id = ?`).get(id);
  return row && named(row);
}

/** Those of the entries that are there, in no order. */
export function readRows(db: ReadConnection, ids: readonly number[]): FollowedRow[] {
  if (ids.length === 0) return [];
  const sql = `SELECT ${SUBTREE_COLUMNS} FROM entries WHERE id IN (SELECT value FROM json_each(?))`;
  return db.prepare<SubtreeRow>(sql).all(JSON.stringify(ids)).map(named);
}

function named(row: SubtreeRow): FollowedRow {
  return { ...row, name: nameOfStored(row.name) };
}

export function rowFacts({ type, size, mtime, inode, links }: FileFacts): RowFacts {
  return { size: type === FOLDER ? 0 : size, mtime, inode, links: type === FILE && links > 1 ? 1 : 0 };
}

export function sameFacts(one: RowFacts, other: RowFacts): boolean {
  return one.size === other.size && one.mtime === other.mtime && one.inode === other.inode && one.links === other.links;
}
