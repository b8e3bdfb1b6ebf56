import { FOLDER } from '../domain/entry.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What is needed to tell whether an entry that is missing turned up elsewhere. */
export interface SubtreeRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  readonly content_id: number | null;
}

/** Rows read at once: neither a folder of a million children nor one of a million folders fills the memory. */
const PAGE = 1_000;
export const SUBTREE_COLUMNS = 'id, parent_id, name, type, kind, size, mtime, inode, links, content_id';

/** An entry and all below it, a folder before what is in it. */
export function* topDown(db: ReadConnection, top: number): Generator<SubtreeRow> {
  const row = db.prepare<SubtreeRow>(`SELECT ${SUBTREE_COLUMNS} FROM entries WHERE id = ?`).get(top);
  if (!row) return;
  yield row;
  const folders = row.type === FOLDER ? [top] : [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const child of children<SubtreeRow>(db, SUBTREE_COLUMNS, folder)) {
      if (child.type === FOLDER) folders.push(child.id);
      yield child;
    }
  }
}

/** The ids of an entry and of all below it, a folder after what is in it. What was given out may be removed meanwhile. */
export function* bottomUp(db: ReadConnection, top: number): Generator<number> {
  if (!db.prepare('SELECT 1 FROM entries WHERE id = ?').get(top)) return;
  const open = [{ id: top, below: children<{ id: number; type: number }>(db, 'id, type', top) }];
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const next = folder.below.next();
    if (next.done) {
      open.pop();
      yield folder.id;
    } else if (next.value.type === FOLDER)
      open.push({ id: next.value.id, below: children(db, 'id, type', next.value.id) });
    else yield next.value.id;
  }
}

function* children<Row extends { readonly id: number }>(
  db: ReadConnection,
  columns: string,
  folder: number,
): Generator<Row> {
  const page = db.prepare<Row>(
    `SELECT ${columns} FROM entries WHERE parent_id = ? AND id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  for (let after = -1; ;) {
    const rows = page.all(folder, after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}
