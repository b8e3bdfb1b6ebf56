import { FOLDER } from '../domain/entry.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** Fewer entries than this leave the index without a question, whatever share of their location they are. */
const ASKED_FROM = 1_000;
const SHARE = 1 / 2;
/** Below this share of what the location last summed up to, its rows need not be counted. */
const CLEARLY_LESS = 2 / 5;

/** What would leave a location, and of how much. */
export interface Loss {
  /** Id of the location's root entry. */
  readonly root: number;
  readonly wouldRemove: number;
  readonly of: number;
  /** Ids of the folders it would leave, or that would go themselves, with how many entries; the largest. */
  readonly folders: readonly { readonly id: number; readonly entries: number }[];
}

export interface Judgement {
  /** Entries that stay, each with all below it. */
  readonly held: ReadonlySet<number>;
  readonly losses: readonly Loss[];
  /** How many entries leave, by the root of their location. */
  readonly leaving: ReadonlyMap<number, number>;
}

export interface Suspicion {
  /** The root of the location that an entry lies in, or lay in before another thing took its name. */
  rootOf(id: number): number | undefined;
  /** Whether it is on the disk still, and only left out by the rules. Asked only where much would go. */
  isOnDisk(id: number): boolean;
  /** How many entries left the location a moment ago: they count too. */
  lately?(root: number): number;
}

const FOLDERS_NAMED = 20;

/**
 * Stops what would take more than half of a location, and more than a thousand entries, out of the index: a disk that
 * lists nothing, a share that answers wrongly, a slip of the hand.
 */
export function judgeLoss(db: ReadConnection, gone: readonly number[], suspicion: Suspicion): Judgement {
  const held = new Set<number>();
  const losses: Loss[] = [];
  const leaving = new Map<number, number>();
  for (const [root, entries] of Map.groupBy(gone, (id) => suspicion.rootOf(id))) {
    if (root === undefined) {
      // Nobody could be asked about it.
      for (const id of entries) held.add(id);
      continue;
    }
    const lately = suspicion.lately?.(root) ?? 0;
    const clearlyFew = (lastSum(db, root) + lately) * CLEARLY_LESS;
    const all = entries.map((id) => ({ id, ...partOf(db, id) }));
    leaving.set(root, total(all));
    if (lately + total(all) <= Math.max(ASKED_FROM, clearlyFew)) continue;
    const lost = all.filter(({ id }) => !suspicion.isOnDisk(id));
    const wouldRemove = total(lost);
    // What has lost its name to another thing is below the root no more.
    const of = sizeOf(db, root) - 1 + total(all.filter(({ folder }) => folder === undefined));
    if (lately + wouldRemove <= Math.max(ASKED_FROM, (lately + of) * SHARE)) continue;
    for (const { id } of lost) held.add(id);
    leaving.set(root, total(all) - wouldRemove);
    losses.push({ root, wouldRemove, of, folders: largest(lost) });
  }
  return { held, losses, leaving };
}

interface Part {
  readonly id: number;
  /** Itself where it is one, else the one it lies in. */
  readonly folder: number | undefined;
  readonly entries: number;
}

function partOf(db: ReadConnection, id: number): Omit<Part, 'id'> {
  const row = db
    .prepare<{ type: number; parent_id: number | null }>('SELECT type, parent_id FROM entries WHERE id = ?')
    .get(id);
  if (!row) return { folder: undefined, entries: 0 };
  const folder = row.parent_id === null ? undefined : row.type === FOLDER ? id : row.parent_id;
  return { folder, entries: row.type === FOLDER ? sizeOf(db, id) : 1 };
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { entries }) => sum + entries, 0);
}

function largest(parts: readonly Part[]): Loss['folders'] {
  const folders = new Map<number, number>();
  for (const { folder, entries } of parts)
    if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + entries);
  return [...folders]
    .map(([id, entries]) => ({ id, entries }))
    .sort((a, b) => b.entries - a.entries)
    .slice(0, FOLDERS_NAMED);
}

/** Files and folders in the location when its sums were last made. */
function lastSum(db: ReadConnection, root: number): number {
  return db.prepare<{ n: number }>('SELECT files + folders AS n FROM folders WHERE entry_id = ?').get(root)?.n ?? 0;
}

/** Entries from this one down, counted in the rows: the sums of folders are not made anew yet when this is asked. */
function sizeOf(db: ReadConnection, id: number): number {
  return db.prepare<{ n: number }>(COUNT_BELOW).get(id)?.n ?? 0;
}
const COUNT_BELOW = `
  WITH RECURSIVE below (id, type) AS (
    SELECT id, type FROM entries WHERE id = ?
    UNION ALL SELECT e.id, e.type FROM below b JOIN entries e ON e.parent_id = b.id WHERE b.type = 1)
  SELECT count(*) AS n FROM below`;

/** What is held back is in its folder as before: the folder's own sums are made from its rows, and it is looked at again. */
export function recount(tx: WriteTransaction, folder: number): void {
  tx.run(
    `UPDATE folders SET signature = NULL, stale = 1,
       own_bytes = (SELECT coalesce(sum(size), 0) FROM entries WHERE parent_id = ? AND type = 0),
       own_files = (SELECT count(*) FROM entries WHERE parent_id = ? AND type = 0),
       own_folders = (SELECT count(*) FROM entries WHERE parent_id = ? AND type = 1),
       children = (SELECT count(*) FROM entries WHERE parent_id = ?)
     WHERE entry_id = ?`,
    ...Array<number>(5).fill(folder),
  );
}
