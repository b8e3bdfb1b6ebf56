import type { ReadConnection } from '../ports/sqlite.ts';
import { linkCorrections } from './hard-links.ts';
import type { LibraryWriter } from './library-writer.ts';

/** Folders updated per write: a few milliseconds. */
const PER_WRITE = 1_000;
/** From this share of stale folders on, reading all of them at once is cheaper than climbing from each. */
const WHOLE_FROM = 1 / 8;

interface FolderRow {
  readonly id: number;
  readonly parent: number | null;
  readonly own_bytes: number;
  readonly own_files: number;
  readonly own_folders: number;
}

/**
 * Makes the sums of stale folders, and of those above them, anew: bytes (hard links once), files and folders, all the
 * way down. Calls `step` between writes.
 */
export function rollUp(writer: LibraryWriter, step: () => void): void {
  const { db } = writer;
  const stale = db
    .prepare<{ id: number }>('SELECT entry_id AS id FROM folders WHERE stale = 1')
    .all()
    .map((row) => row.id);
  if (stale.length === 0) return;
  const all = db.prepare<{ n: number }>('SELECT count(*) AS n FROM folders').get()?.n ?? 0;
  if (stale.length > all * WHOLE_FROM) rollUpAll(writer, step);
  else rollUpFrom(writer, stale, step);
}

/** Every folder of the library, from the leaves up, in memory: in columns, as there may be millions. */
function rollUpAll(writer: LibraryWriter, step: () => void): void {
  const count = writer.db.prepare<{ n: number }>('SELECT count(*) AS n FROM folders').get()?.n ?? 0;
  const column = (): Float64Array => new Float64Array(count);
  const [ids, parentIds, bytes, files, folders] = [column(), column(), column(), column(), column()];
  let end = 0;
  for (const row of writer.db.prepare<FolderRow>(ALL_FOLDERS).iterate()) {
    ids[end] = row.id;
    parentIds[end] = row.parent ?? -1;
    bytes[end] = row.own_bytes;
    files[end] = row.own_files;
    folders[end++] = row.own_folders;
  }
  const sorted = ids.subarray(0, end);
  const parents = Int32Array.from(parentIds.subarray(0, end), (id) => indexOf(sorted, id));
  for (const [id, excess] of linkCorrections(writer.db)) {
    const index = indexOf(sorted, id);
    if (index >= 0) bytes[index] = (bytes[index] ?? 0) - excess;
  }
  const order = leavesFirst(parents);
  for (const index of order) {
    const parent = parents[index] ?? -1;
    if (parent < 0) continue;
    bytes[parent] = (bytes[parent] ?? 0) + (bytes[index] ?? 0);
    files[parent] = (files[parent] ?? 0) + (files[index] ?? 0);
    folders[parent] = (folders[parent] ?? 0) + (folders[index] ?? 0);
  }
  // From the top down: while a folder is stale, those above it are made anew with it, so they may be right before it is.
  order.reverse();
  for (let from = 0; from < order.length; from += PER_WRITE) {
    writer.write((tx) => {
      for (const index of order.subarray(from, from + PER_WRITE)) {
        tx.run(
          'UPDATE folders SET bytes = ?, files = ?, folders = ?, stale = 0 WHERE entry_id = ?',
          bytes[index] ?? 0,
          files[index] ?? 0,
          folders[index] ?? 0,
          ids[index] ?? 0,
        );
      }
    });
    step();
  }
}

const ALL_FOLDERS = `
  SELECT f.entry_id AS id, e.parent_id AS parent, own_bytes, own_files, own_folders
  FROM folders f JOIN entries e ON e.id = f.entry_id ORDER BY f.entry_id`;

/** Where `id` stands among ascending numbers; -1: nowhere. */
function indexOf(sorted: Float64Array, id: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Indexes in an order in which every child comes before its parent. */
function leavesFirst(parents: Int32Array): Int32Array {
  const waiting = new Int32Array(parents.length);
  for (const parent of parents) if (parent >= 0) waiting[parent] = (waiting[parent] ?? 0) + 1;
  const order = new Int32Array(parents.length);
  let end = 0;
  for (let index = 0; index < parents.length; index++) if (waiting[index] === 0) order[end++] = index;
  for (let at = 0; at < end; at++) {
    const parent = parents[order[at] ?? 0] ?? -1;
    if (parent >= 0 && (waiting[parent] = (waiting[parent] ?? 0) - 1) === 0) order[end++] = parent;
  }
  return order.subarray(0, end);
}

/** The stale folders and those above them, deepest first, each from the sums of its children. */
function rollUpFrom(writer: LibraryWriter, stale: readonly number[], step: () => void): void {
  const depths = new Map<number, number>();
  for (const id of stale) depthOf(writer.db, id, depths);
  const corrections = linkCorrections(writer.db);
  const order = [...depths].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  // First those above are stale too, or an end halfway would leave them as they were with nothing to tell.
  inParts(order.toReversed(), (part) =>
    writer.write((tx) => {
      for (const id of part) tx.run('UPDATE folders SET stale = 1 WHERE entry_id = ? AND stale = 0', id);
    }),
  );
  inParts(order, (part) => {
    writer.write((tx) => {
      for (const id of part) {
        const below = tx.prepare<Sums>(BELOW).get(id) ?? { bytes: 0, files: 0, folders: 0 };
        tx.run(
          'UPDATE folders SET stale = 0, bytes = own_bytes + ?, files = own_files + ?, folders = own_folders + ? WHERE entry_id = ?',
          below.bytes - (corrections.get(id) ?? 0),
          below.files,
          below.folders,
          id,
        );
      }
    });
    step();
  });
}

function inParts(ids: readonly number[], use: (part: readonly number[]) => void): void {
  for (let from = 0; from < ids.length; from += PER_WRITE) use(ids.slice(from, from + PER_WRITE));
}

interface Sums {
  readonly bytes: number;
  readonly files: number;
  readonly folders: number;
}
const BELOW = `
  SELECT coalesce(sum(f.bytes), 0) AS bytes, coalesce(sum(f.files), 0) AS files, coalesce(sum(f.folders), 0) AS folders
  FROM entries e JOIN folders f ON f.entry_id = e.id WHERE e.parent_id = ? AND e.type = 1`;

/** Levels below the root; notes those of all folders above on the way. */
function depthOf(db: ReadConnection, id: number, known: Map<number, number>): number {
  const chain: number[] = [];
  let at: number | null = id;
  while (at !== null && !known.has(at)) {
    chain.push(at);
    at =
      db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(at)?.parent_id ?? null;
  }
  let depth = at === null ? -1 : (known.get(at) ?? -1);
  for (const folder of chain.reverse()) known.set(folder, ++depth);
  return depth;
}
