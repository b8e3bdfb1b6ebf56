import type { ReadConnection } from '../ports/sqlite.ts';

interface Link {
  readonly inode: number;
  readonly size: number;
  readonly mtime: number;
  readonly parent_id: number;
}

/** Folders whose parents are remembered: beyond this the memory is begun anew. */
const MOST_REMEMBERED = 200_000;

/**
 * Bytes that folders count more than once because a file has several names below them: by folder, what to take off at
 * that very folder. Below the folder where two names of a file meet, each counts it once by itself.
 */
export function linkCorrections(db: ReadConnection): Map<number, number> {
  const corrections = new Map<number, number>();
  const parentOf = parents(db);
  const settle = (names: readonly Link[]): void => {
    // The first name brings the bytes all the way up; each further one is too much from where it joins on.
    const seen = new Set<number>();
    for (const { parent_id, size } of names) {
      let at: number | null = parent_id;
      while (at !== null && !seen.has(at)) {
        seen.add(at);
        at = parentOf(at);
      }
      if (at !== null) corrections.set(at, (corrections.get(at) ?? 0) + size);
    }
  };
  let group: Link[] = [];
  for (const link of db.prepare<Link>(LINKS).iterate()) {
    if (group[0] && group[0].inode !== link.inode) {
      for (const names of filesIn(group)) settle(names);
      group = [];
    }
    group.push(link);
  }
  for (const names of filesIn(group)) settle(names);
  return corrections;
}

// In the order of the index: there may be millions, and sorting them would take the memory for all.
const LINKS =
  'SELECT inode, size, mtime, parent_id FROM entries WHERE links = 1 AND type = 0 AND parent_id IS NOT NULL ORDER BY inode';

/** Other disks have the same inode numbers: one file has one size and one time under all its names. */
function filesIn(group: readonly Link[]): Link[][] {
  if (group.length < 2) return [];
  const files = Map.groupBy(group, ({ size, mtime }) => `${size} ${mtime}`);
  return [...files.values()].filter((names) => names.length > 1);
}

function parents(db: ReadConnection): (id: number) => number | null {
  const known = new Map<number, number | null>();
  return (id) => {
    let parent = known.get(id);
    if (parent === undefined) {
      parent =
        db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(id)?.parent_id ??
        null;
      if (known.size > MOST_REMEMBERED) known.clear();
      known.set(id, parent);
    }
    return parent;
  };
}
