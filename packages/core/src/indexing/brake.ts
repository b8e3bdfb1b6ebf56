import type { WriteTransaction } from '../db/write.ts';
import type { ReadConnection } from '../platform.ts';

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
}

export interface Judgement {
  /** Entries that stay, each with all below it. */
  readonly held: ReadonlySet<number>;
  readonly losses: readonly Loss[];
}

/**
 * Stops what would take more than half of a location, and more than a thousand entries, out of the index: a disk that
 * lists nothing, a share that answers wrongly, a slip of the hand. `rootOf` answers the root of the location that an
 * entry lies in, or lay in before another thing took its name; `before`: what left the location a moment ago counts too.
 */
export function judgeLoss(
  db: ReadConnection,
  gone: readonly number[],
  rootOf: (id: number) => number | undefined,
  before: (root: number) => number = () => 0,
): Judgement {
  const held = new Set<number>();
  const losses: Loss[] = [];
  for (const [root, entries] of Map.groupBy(gone, rootOf)) {
    if (root === undefined) continue;
    const leaving = entries.reduce((sum, id) => sum + sizeOf(db, id), 0);
    const earlier = before(root);
    if (leaving + earlier <= ASKED_FROM || leaving + earlier < (lastSum(db, root) + earlier) * CLEARLY_LESS) continue;
    const of = sizeOf(db, root) - 1;
    if (leaving + earlier <= (of + earlier) * SHARE) continue;
    for (const id of entries) held.add(id);
    losses.push({ root, wouldRemove: leaving, of });
  }
  return { held, losses };
}

/** Files and folders in the location when its sums were last made. */
function lastSum(db: ReadConnection, root: number): number {
  return db.prepare<{ n: number }>('SELECT files + folders AS n FROM folders WHERE entry_id = ?').get(root)?.n ?? 0;
}

/** Entries from this one down, counted in the rows: the sums of folders are not made anew yet when this is asked. */
export function sizeOf(db: ReadConnection, id: number): number {
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
