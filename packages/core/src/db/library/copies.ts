import type { ReadConnection } from '../../ports/sqlite.ts';
import { storedName } from './root-entry.ts';

/** A file, with the hash of its content and the full hash it was last found to have. */
export interface CopyRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
  readonly inode: number;
  /** 1 where it has more names than one. */
  readonly links: number;
  readonly uuid: Uint8Array | null;
  /** Sampled; `null` where the content is not known. */
  readonly content_hash: Uint8Array | null;
  /** `null` where none is known for this size and mtime. */
  readonly full_hash: Uint8Array | null;
}

const SELECT = `SELECT e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, e.inode, e.links, e.uuid,
    c.hash AS content_hash, f.hash AS full_hash
  FROM entries e LEFT JOIN contents c ON c.id = e.content_id
    LEFT JOIN full_hashes f ON f.entry_id = e.id AND f.size = e.size AND f.mtime = e.mtime`;

export function fileById(db: ReadConnection, id: number): CopyRow | undefined {
  return db.prepare<CopyRow>(`${SELECT} WHERE e.id = ?`).get(id);
}

/** The child of that exact name. */
export function fileNamed(db: ReadConnection, folder: number, name: string): CopyRow | undefined {
  return db.prepare<CopyRow>(`${SELECT} WHERE e.parent_id = ? AND e.name = ?`).get(folder, storedName(name));
}

/** Every file of the content with an id above `after`, in the order of their ids. */
export function copiesOf(db: ReadConnection, content: number, after = 0): IterableIterator<CopyRow> {
  return db.prepare<CopyRow>(`${SELECT} WHERE e.content_id = ? AND e.id > ? ORDER BY e.id`).iterate(content, after);
}

/** How many files have one of the contents, and what they weigh in bytes. */
export function sizeOfCopies(db: ReadConnection, contents: readonly number[]): { files: number; bytes: number } {
  const sql =
    'SELECT count(*) AS files, ifnull(sum(size), 0) AS bytes FROM entries WHERE content_id IN (SELECT value FROM json_each(?))';
  return db.prepare<{ files: number; bytes: number }>(sql).get(JSON.stringify(contents)) ?? { files: 0, bytes: 0 };
}
