import type { LibraryWriter } from '../library-writer.ts';
import { bottomUp } from '../subtree.ts';
import { shelve } from './shelve.ts';

/** Rows of one write: some ten milliseconds. */
export const PER_WRITE = 2_000;

/** Entries that are kept and have their row in the index still: cut off, on the way out or back when something ended. */
export function leavingNow(db: LibraryWriter['db']): number[] {
  return db
    .prepare<{ id: number }>('SELECT k.entry_id AS id FROM kept k JOIN entries e ON e.id = k.entry_id')
    .all()
    .map(({ id }) => id);
}

/** What was cut off leaves the index, part by part, the top last: until then it is known to be leaving. */
export function finishLeaving(writer: LibraryWriter, tops = leavingNow(writer.db)): void {
  for (const top of tops) for (const part of inParts(bottomUp(writer.db, top))) writer.write((tx) => shelve(tx, part));
}

export function* inParts(ids: Iterable<number>): Generator<number[]> {
  let part: number[] = [];
  for (const id of ids) {
    if (part.push(id) < PER_WRITE) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
