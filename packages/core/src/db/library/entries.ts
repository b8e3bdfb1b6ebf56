import { FOLDER, type FolderSums, nameOfStored } from '../../domain/entry.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { storedName } from './root-entry.ts';

/** A row of `entries` as it is read to be shown. Written by the indexer alone. */
export interface EntryRow {
  readonly id: number;
  /** `null` for the root of a location. */
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
  /** 32 hexadecimal digits, or empty. */
  readonly uuid: string;
  /** The first 32 hexadecimal digits of its content's hash, or empty where the content is not known. */
  readonly content: string;
}

// Ids as text: bytes cost three times as much to hand over, and a page has a thousand of them.
const ENTRY = `SELECT e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime,
    lower(hex(e.uuid)) AS uuid, lower(hex(substr(c.hash, 1, 16))) AS content
  FROM entries e LEFT JOIN contents c ON c.id = e.content_id`;

export function entryById(db: ReadConnection, id: number): EntryRow | undefined {
  return db.prepare<EntryRow>(`${ENTRY} WHERE e.id = ?`).get(id);
}

export function childrenOf(db: ReadConnection, folderId: number): EntryRow[] {
  return db.prepare<EntryRow>(`${ENTRY} WHERE e.parent_id = ?`).all(folderId);
}

/** What a folder sums up; `undefined` while that is being counted. */
export function sumsOf(db: ReadConnection, folderId: number): FolderSums | undefined {
  return db
    .prepare<FolderSums>('SELECT bytes, files, folders, children FROM folders WHERE entry_id = ? AND stale = 0')
    .get(folderId);
}

/** The sums of a folder's child folders, by entry id. */
export function sumsOfChildren(db: ReadConnection, folderId: number): Map<number, FolderSums> {
  const rows = db
    .prepare<FolderSums & { id: number }>(
      `SELECT e.id, f.bytes, f.files, f.folders, f.children
         FROM entries e JOIN folders f ON f.entry_id = e.id WHERE e.parent_id = ? AND e.type = ${FOLDER} AND f.stale = 0`,
    )
    .all(folderId);
  return new Map(rows.map(({ id, bytes, files, folders, children }) => [id, { bytes, files, folders, children }]));
}

/** The child folder of that exact name. */
function childFolder(db: ReadConnection, folderId: number, name: string): number | undefined {
  const sql = `SELECT id FROM entries WHERE parent_id = ? AND type = ${FOLDER} AND name = ?`;
  return db.prepare<{ id: number }>(sql).get(folderId, storedName(name))?.id;
}

/** Follows names down from a folder: the id of the folder they lead to. */
export function folderBelow(db: ReadConnection, folderId: number, names: readonly string[]): number | undefined {
  let at: number | undefined = folderId;
  for (const name of names) at = at === undefined ? undefined : childFolder(db, at, name);
  return at;
}

/** The child of that exact name, whatever it is. Goes through all children: a few milliseconds where they are 100,000. */
export function childNamed(db: ReadConnection, folderId: number, name: string): EntryRow | undefined {
  return db.prepare<EntryRow>(`${ENTRY} WHERE e.parent_id = ? AND e.name = ?`).get(folderId, storedName(name));
}

/** The ids of a folder's children, by name. */
export function childIds(db: ReadConnection, folderId: number): Map<string, number> {
  const rows = db
    .prepare<{ id: number; name: string | Uint8Array }>('SELECT id, name FROM entries WHERE parent_id = ?')
    .all(folderId);
  return new Map(rows.map(({ id, name }) => [nameOfStored(name), id]));
}

/** Finds the row of an entry by its UUID. */
export function entryByUuid(db: ReadConnection, uuid: Uint8Array): EntryRow | undefined {
  return db.prepare<EntryRow>(`${ENTRY} WHERE e.uuid = ?`).get(uuid);
}

/** The kinds that the index knows of a folder's children, by name. */
export function kindsOfChildren(db: ReadConnection, folderId: number): Map<string, number> {
  const rows = db
    .prepare<{ name: string | Uint8Array; kind: number }>('SELECT name, kind FROM entries WHERE parent_id = ?')
    .all(folderId);
  return new Map(rows.map(({ name, kind }) => [nameOfStored(name), kind]));
}

/** Bytes below each of a folder's child folders, by name. */
export function bytesOfChildFolders(db: ReadConnection, folderId: number): Map<string, number> {
  const rows = db
    .prepare<{ name: string | Uint8Array; bytes: number }>(
      `SELECT e.name, f.bytes FROM entries e JOIN folders f ON f.entry_id = e.id
        WHERE e.parent_id = ? AND e.type = ${FOLDER} AND f.stale = 0`,
    )
    .all(folderId);
  return new Map(rows.map(({ name, bytes }) => [nameOfStored(name), bytes]));
}

/** The files of a content, oldest entry first. */
export function entriesOfContent(db: ReadConnection, content: number, limit = 1000): EntryRow[] {
  return db.prepare<EntryRow>(`${ENTRY} WHERE e.content_id = ? ORDER BY e.id LIMIT ?`).all(content, limit);
}

/** How many files have the content of this one. */
export function instancesOf(db: ReadConnection, id: number): number {
  const sql = 'SELECT count(*) AS n FROM entries WHERE content_id = (SELECT content_id FROM entries WHERE id = ?)';
  return db.prepare<{ n: number }>(sql).get(id)?.n ?? 0;
}

/** The hashes of a file: of its content identity, and of the whole of it where that was computed and still holds. */
export function fullHashOf(
  db: ReadConnection,
  id: number,
): { content: Uint8Array | null; full: Uint8Array | null } | undefined {
  return db
    .prepare<{ content: Uint8Array | null; full: Uint8Array | null }>(
      `SELECT c.hash AS content, f.hash AS full FROM entries e
         LEFT JOIN contents c ON c.id = e.content_id
         LEFT JOIN full_hashes f ON f.entry_id = e.id AND f.size = e.size AND f.mtime = e.mtime
        WHERE e.id = ?`,
    )
    .get(id);
}
