import type { ReadConnection } from '../../ports/sqlite.ts';
import { writeState } from './write-state.ts';

/** Counted, not remembered: takes tens of milliseconds per million entries. */
export function measureLibrary(db: ReadConnection): { entries: number; locations: number; revision: number } {
  const counts = db
    .prepare<{ entries: number; locations: number }>(
      'SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM locations) AS locations',
    )
    .get();
  return { entries: counts?.entries ?? 0, locations: counts?.locations ?? 0, revision: writeState(db).revision };
}
