import type { ReadConnection } from '../platform.ts';

interface Link {
  readonly inode: number;
  readonly size: number;
  readonly parent_id: number;
}

/**
 * Bytes that folders count more than once because a file has several names below them: by folder, what to take off at
 * that very folder. Below the folder where two names of a file meet, each counts it once by itself.
 */
export function linkCorrections(db: ReadConnection): Map<number, number> {
  const corrections = new Map<number, number>();
  const parents = new Map<number, number | null>();
  const parentOf = (id: number): number | null => {
    let parent = parents.get(id);
    if (parent === undefined) {
      parent = db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(id)?.parent_id ?? null;
      parents.set(id, parent);
    }
    return parent;
  };
  let group: Link[] = [];
  const settle = (): void => {
    // The first name brings the bytes all the way up; each further one is too much from where it joins on.
    const seen = new Set<number>();
    for (const { parent_id, size } of group) {
      let at: number | null = parent_id;
      while (at !== null && !seen.has(at)) {
        seen.add(at);
        at = parentOf(at);
      }
      if (at !== null) corrections.set(at, (corrections.get(at) ?? 0) + size);
    }
  };
  for (const link of db.prepare<Link>('SELECT inode, size, parent_id FROM entries WHERE links = 1 AND type = 0 ORDER BY inode, size').iterate()) {
    if (group[0] && (group[0].inode !== link.inode || group[0].size !== link.size)) {
      if (group.length > 1) settle();
      group = [];
    }
    group.push(link);
  }
  if (group.length > 1) settle();
  return corrections;
}
