import type { PrivateEntries } from '../db/library/private-entries.ts';

interface Copy {
  readonly id: number;
  readonly parent_id: number | null;
}

/**
 * The files of a content that are shown where it is asked for by its id: those that are not private. Where all of them
 * are, the content itself is, and it is meant: then all.
 */
export function shownCopies<C extends Copy>(copies: Iterable<C>, hidden: PrivateEntries): C[] {
  const all = [...copies];
  const shown = all.filter(({ id, parent_id: folder }) => !hidden.has(id, folder));
  return shown.length > 0 ? shown : all;
}
