import type { ReadConnection } from '../../ports/sqlite.ts';
import { rootsNow, treeNow } from '../finding/world.ts';
import { IdSet } from './id-set.ts';
import { remembered } from './memory.ts';
import type { Predicate } from './predicate.ts';
import { byContents, idsFrom } from './target-set.ts';

/** A file whose content is in more places than one; what is in the trash, or of a location that was removed, is none. */
export function isDuplicate(db: ReadConnection): Predicate {
  const contents = remembered(db, ['duplicates'], ['entries', 'contents'], () => {
    const value = new IdSet(
      idsFrom(
        db,
        'SELECT content_id AS id FROM entries INDEXED BY entries_by_content WHERE content_id IS NOT NULL GROUP BY content_id HAVING count(*) > 1',
      ),
    );
    return { value, bytes: value.bytes };
  });
  const candidates = byContents(['duplicates'], contents);
  const roots = rootsNow(db);
  const test = (size: number, content: number | null): boolean =>
    size > 0 && content !== null && contents.has(content) && (!roots || isTwice(db, content, roots));
  return {
    test: ({ size, content }) => test(size, content),
    ...(candidates.members ? { members: { ...candidates.members, exact: false } } : {}),
  };
}

function isTwice(db: ReadConnection, content: number, roots: ReadonlySet<number>): boolean {
  const tree = treeNow(db);
  let places = 0;
  for (const { parent_id: parent } of db
    .prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE content_id = ?')
    .iterate(content)) {
    const root = parent === null ? undefined : tree.folder(parent)?.root;
    if (root !== undefined && roots.has(root) && ++places > 1) return true;
  }
  return false;
}
