import { FILE, FOLDER, nameOfStored } from '../../domain/entry.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

/** What the index has of an entry, as far as a change can be about it. */
export interface FollowedRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  readonly content_id: number | null;
}

/** As a row has them: a folder's size is what lies in it, and its links say whether a file system is mounted on it. */
export interface RowFacts {
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
}

export function readRow(db: ReadConnection, id: number): FollowedRow | undefined {
  const row = db
    .prepare<FollowedRow>(
      'SELECT id, parent_id, name, type, kind, size, mtime, inode, links, content_id FROM entries WHERE id = ?',
    )
    .get(id);
  return row && { ...row, name: nameOfStored(row.name) };
}

export function rowFacts({ type, size, mtime, inode, links }: FileFacts): RowFacts {
  return { size: type === FOLDER ? 0 : size, mtime, inode, links: type === FILE && links > 1 ? 1 : 0 };
}

export function sameFacts(one: RowFacts, other: RowFacts): boolean {
  return one.size === other.size && one.mtime === other.mtime && one.inode === other.inode && one.links === other.links;
}
