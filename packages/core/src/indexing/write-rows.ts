import type { WriteTransaction } from '../db/write.ts';
import { FILE, FOLDER } from '../domain/entry.ts';
import type { IdSource } from '../domain/ids.ts';
import type { SqlValue } from '../ports/sqlite.ts';
import { storedName } from '../db/library/root-entry.ts';
import { noteSuccession } from '../db/library/successions.ts';
import { ADDED, MOVED, type SlotColumns } from './batch.ts';
import { displacedNoMore } from './displaced.ts';
import { FOLDER_FACTS } from './scan-protocol.ts';
import { NO_SIGNATURE } from './signature.ts';

/** Rows per statement: beyond this the gain ends, and SQLite's limit on parameters is near. */
const ROWS = 50;
const COLUMNS = 11;
const INSERT =
  'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, uuid) VALUES ';
const ONE_ROW = `(${Array(COLUMNS).fill('?').join(', ')})`;
const INSERT_ONE = INSERT + ONE_ROW;
const INSERT_MANY = INSERT + Array(ROWS).fill(ONE_ROW).join(', ');

export interface RowCounts {
  added: number;
  modified: number;
  moved: number;
}

/**
 * Writes the rows of one batch, in order: a folder's row comes before those of its children. `left` is told of folders
 * that a folder was moved out of: as long as they were not listed again, the index has them as they never were.
 */
export function writeRows(
  tx: WriteTransaction,
  columns: SlotColumns,
  rows: number,
  names: readonly string[],
  newIds: IdSource,
  left: (folder: number) => void,
): RowCounts {
  const counts = { added: 0, modified: 0, moved: 0 };
  let highest = 0;
  let pending: SqlValue[] = [];
  const flush = (): void => {
    for (let at = 0; at < pending.length; at += COLUMNS) tx.run(INSERT_ONE, ...pending.slice(at, at + COLUMNS));
    pending = [];
  };
  for (let at = 0; at < rows; at++) {
    const row = rowAt(columns, at, names[at] ?? '');
    if (row.change === ADDED) {
      counts.added++;
      highest = Math.max(highest, row.id);
      pending.push(
        row.id,
        row.parent,
        row.name,
        row.type,
        row.kind,
        row.size,
        row.mtime,
        row.inode,
        row.links,
        tx.revision,
        row.type === FOLDER ? newIds.bytes() : null,
      );
      if (pending.length === ROWS * COLUMNS) {
        tx.run(INSERT_MANY, ...pending);
        pending = [];
      }
    } else if (row.change === MOVED) {
      flush();
      counts.moved++;
      const from = tx
        .prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?')
        .get(row.id)?.parent_id;
      if (from) {
        forgetSignature(tx, from);
        left(from);
      }
      moveEntry(tx, row.id, row.parent, row.name);
      updateFacts(tx, row);
    } else {
      // A folder's own time changes with what is in it, which is counted by itself.
      if (row.type !== FOLDER) counts.modified++;
      updateFacts(tx, row);
    }
  }
  flush();
  if (highest > 0) tx.run('UPDATE write_state SET next_entry_id = max(next_entry_id, ?)', highest + 1);
  return counts;
}

function rowAt(columns: SlotColumns, at: number, name: string) {
  return {
    id: columns.ids[at] ?? 0,
    parent: columns.parents[at] ?? 0,
    name: storedName(name),
    type: columns.types[at] ?? 0,
    kind: columns.kinds[at] ?? 0,
    size: columns.sizes[at] ?? 0,
    mtime: columns.mtimes[at] ?? 0,
    inode: columns.inodes[at] ?? 0,
    links: columns.links[at] ?? 0,
    change: columns.changes[at] ?? 0,
  };
}

/** Another place, the same entry: all that hangs on its id stays, and so does everything below it. */
export function moveEntry(tx: WriteTransaction, id: number, parent: number, name: SqlValue): void {
  tx.run('UPDATE entries SET parent_id = ?, name = ?, revision = ? WHERE id = ?', parent, name, tx.revision, id);
  tx.run('INSERT OR IGNORE INTO renamed_entries (id) VALUES (?)', id);
  displacedNoMore(tx, id);
}

/** The folder is looked at again. */
export function forgetSignature(tx: WriteTransaction, folder: number): void {
  tx.run('UPDATE folders SET signature = NULL WHERE entry_id = ?', folder);
}

/** What a file *is* has to be found out again only where its bytes may have changed. */
function updateFacts(tx: WriteTransaction, row: ReturnType<typeof rowAt>): void {
  const { size, mtime, inode } = row;
  const same = 'size = ? AND mtime = ? AND inode = ?';
  if (row.type === FILE) noteSuccession(tx, row.id, `NOT (${same})`, [size, mtime, inode]);
  tx.run(
    `UPDATE entries SET
       kind = CASE WHEN ${same} THEN kind ELSE ? END, content_id = CASE WHEN ${same} THEN content_id END,
       size = ?, mtime = ?, inode = ?, links = ?, revision = ?
     WHERE id = ?`,
    size,
    mtime,
    inode,
    row.kind,
    size,
    mtime,
    inode,
    size,
    mtime,
    inode,
    row.links,
    tx.revision,
    row.id,
  );
}

const FOLDER_ROWS = 20;
const INSERT_FOLDERS = (rows: number): string =>
  `INSERT INTO folders (entry_id, own_bytes, own_files, own_folders, children, signature, stale, unidentified) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, 1, ?)').join(', ')}
   ON CONFLICT (entry_id) DO UPDATE SET own_bytes = excluded.own_bytes, own_files = excluded.own_files, own_folders = excluded.own_folders,
     children = excluded.children, signature = excluded.signature, stale = 1, unidentified = max(unidentified, excluded.unidentified)`;
const INSERT_FOLDER = INSERT_FOLDERS(1);
const INSERT_MANY_FOLDERS = INSERT_FOLDERS(FOLDER_ROWS);

/** Writes what was found of folders that differed, but no signature of those in `left`; their sums are made later. */
export function writeFolders(
  tx: WriteTransaction,
  facts: Float64Array,
  identify: boolean,
  left: ReadonlySet<number>,
): void {
  let pending: SqlValue[] = [];
  for (let at = 0; at < facts.length; at += FOLDER_FACTS) {
    const [id = 0, signature = 0, bytes = 0, files = 0, folders = 0, children = 0] = facts.subarray(
      at,
      at + FOLDER_FACTS,
    );
    pending.push(
      id,
      bytes,
      files,
      folders,
      children,
      signature === NO_SIGNATURE || left.has(id) ? null : signature,
      identify && files > 0 ? 1 : 0,
    );
    if (pending.length === FOLDER_ROWS * 7) {
      tx.run(INSERT_MANY_FOLDERS, ...pending);
      pending = [];
    }
  }
  for (let at = 0; at < pending.length; at += 7) tx.run(INSERT_FOLDER, ...pending.slice(at, at + 7));
}
