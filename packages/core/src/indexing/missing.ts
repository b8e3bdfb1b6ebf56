import type { WriteTransaction } from '../db/write.ts';
import { displacedFrom, displacedNoMore, removedRoots } from './displaced.ts';
import type { LibraryWriter } from './library-writer.ts';
import { finishLeaving } from './keeping/finish-leaving.ts';
import { findMovedFiles, takePlace } from './moved-files.ts';
import { bottomUp } from './subtree.ts';

/** Rows removed or moved per write: a few milliseconds. */
const PER_WRITE = 500;

/** What was looked for and not found. */
export interface Unsettled {
  /** Entries that the folder they were in did not list any more. */
  readonly missing: readonly number[];
  /** Entries that have lost their name to another thing, in the locations that were looked at. */
  readonly displaced: Iterable<number>;
  /** Folders among them that turned up elsewhere. */
  readonly found: ReadonlySet<number>;
  /** Ids from here on were given since the location was last settled. */
  readonly firstNewId: number;
  /** Which of the entries that would leave the index, each with all below it, stay all the same. */
  holdBack?(gone: readonly number[]): ReadonlySet<number>;
  /** Called for each entry before it is removed. */
  removing?(id: number): void;
}

/**
 * Deals with entries that were not where the index had them. A file that turned up elsewhere (same inode, size and
 * time) keeps its identity there; the rest leaves the index, each with a tombstone. Calls `step` after each write with
 * how many it moved and removed.
 */
export function settleMissing(
  writer: LibraryWriter,
  { missing, displaced, found, firstNewId, holdBack, removing }: Unsettled,
  step: (moved: number, removed: number) => void,
): void {
  const gone = [...missing.filter((id) => !found.has(id)), ...displaced];
  const moves = findMovedFiles(writer.db, gone, firstNewId);
  inSteps(
    writer,
    moves,
    (count) => step(count, 0),
    (tx, move) => {
      takePlace(tx, move, (id) => removeEntry(tx, id));
    },
  );
  const kept = new Set(moves.map(({ old }) => old.id));
  const left = gone.filter((id) => !kept.has(id));
  const held = left.length > 0 ? holdBack?.(left) : undefined;
  inSteps(
    writer,
    all(
      writer,
      left.filter((id) => !held?.has(id)),
    ),
    (count) => step(0, count),
    (tx, id) => {
      removing?.(id);
      removeEntry(tx, id);
    },
  );
  for (const root of removedRoots(writer.db)) sweepSubtree(writer, root, () => step(0, 0));
  finishLeaving(writer);
}

/** Removes all that lies below an entry, and the entry: for a location that was taken out of the library. */
export function sweepSubtree(writer: LibraryWriter, root: number, step: () => void): void {
  inSteps(writer, all(writer, [...displacedFrom(writer.db, [root]).keys()]), step, removeEntry);
  inSteps(writer, bottomUp(writer.db, root), step, (tx, id) => {
    deleteRows(tx, id);
    // The root's tombstone speaks for all of them, also for what a scan added after the location was removed.
    if (id === root) tx.tombstone('entries', root, { subtree: true });
  });
}

/** With all below them. */
function* all(writer: LibraryWriter, entries: readonly number[]): Generator<number> {
  for (const id of entries) yield* bottomUp(writer.db, id);
}

/** One that has nothing below it. */
export function removeEntry(tx: WriteTransaction, id: number): void {
  deleteRows(tx, id);
  tx.tombstone('entries', id);
}

function deleteRows(tx: WriteTransaction, id: number): void {
  tx.run('DELETE FROM folders WHERE entry_id = ?', id);
  tx.run('DELETE FROM full_hashes WHERE entry_id = ?', id);
  tx.run('DELETE FROM successions WHERE entry_id = ?', id);
  tx.run('DELETE FROM entries WHERE id = ?', id);
  displacedNoMore(tx, id);
}

function inSteps<T>(
  writer: LibraryWriter,
  items: Iterable<T>,
  step: (count: number) => void,
  change: (tx: WriteTransaction, item: T) => void,
): void {
  let part: T[] = [];
  const write = (): void => {
    const full = part;
    part = [];
    writer.write((tx) => full.forEach((item) => change(tx, item)));
    step(full.length);
  };
  for (const item of items) if (part.push(item) === PER_WRITE) write();
  if (part.length > 0) write();
}
