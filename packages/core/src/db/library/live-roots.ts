import type { ReadConnection } from '../../ports/sqlite.ts';

/**
 * The entries at the top of the locations there are. `complete`: everything in `entries` lies below one of them; else
 * the sweep of a location that was removed is still under way, and what it left must not show.
 */
export function liveRoots(db: ReadConnection): { readonly ids: readonly number[]; readonly complete: boolean } {
  const ids = db
    .prepare<{ id: number }>('SELECT root_entry_id AS id FROM locations ORDER BY id')
    .all()
    .map(({ id }) => id);
  const left = db
    .prepare(
      'SELECT 1 FROM entries e WHERE e.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE root_entry_id = e.id) LIMIT 1',
    )
    .get();
  return { ids, complete: left === undefined };
}
