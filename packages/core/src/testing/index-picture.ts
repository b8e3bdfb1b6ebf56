import { nameOfStored } from '../domain/entry.ts';
import { toHex } from '../domain/ids.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What the index holds of one entry, but for what differs from index to index. */
export interface EntryPicture {
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  /** Whether it has a UUID, as the rules have it: folders at once, files with their content. */
  readonly named: boolean;
  readonly content: string | null;
  readonly bytes: number | null;
  readonly files: number | null;
  readonly folders: number | null;
  readonly children: number | null;
  readonly stale: number | null;
  readonly unidentified: number | null;
}

interface Row extends Omit<EntryPicture, 'named' | 'content'> {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly uuid: Uint8Array | null;
  readonly hash: Uint8Array | null;
}

const ROWS = `SELECT e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, e.inode, e.links, e.uuid, c.hash,
    f.bytes, f.files, f.folders, f.children, f.stale, f.unidentified
  FROM entries e LEFT JOIN contents c ON c.id = e.content_id LEFT JOIN folders f ON f.entry_id = e.id`;

/** All that the index holds of a location, by path from its root on (`''` is the root). */
export function indexPicture(
  db: ReadConnection,
  root: number,
): { entries: Map<string, EntryPicture>; ids: Map<string, number> } {
  const children = Map.groupBy(db.prepare<Row>(ROWS).all(), ({ id, parent_id }) => (id === root ? 'root' : parent_id));
  const entries = new Map<string, EntryPicture>();
  const ids = new Map<string, number>();
  const add = (path: string, { id, parent_id: _, name: __, uuid, hash, ...facts }: Row): void => {
    if (entries.has(path)) throw new Error(`two entries at ${path}`);
    entries.set(path, { ...facts, named: uuid !== null, content: hash && toHex(hash) });
    ids.set(path, id);
    for (const child of children.get(id) ?? [])
      add(path === '' ? nameOfStored(child.name) : `${path}/${nameOfStored(child.name)}`, child);
  };
  for (const row of children.get('root') ?? []) add('', row);
  return { entries, ids };
}
