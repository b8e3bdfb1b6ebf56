import type { ReadConnection } from '../../ports/sqlite.ts';
import { entriesWithSaid, saidOfEntry } from './said-of-entries.ts';
import { entriesTagged, privateTags } from './tagged-entries.ts';

/**
 * The entries that people want left out unless they ask: said to be hidden, or with a privacy tag. What lies below such
 * a folder is left out with it, and is not in the set.
 */
export function hiddenEntries(db: ReadConnection): ReadonlySet<number> {
  const hidden = db
    .prepare<{ id: number }>(
      `SELECT e.id FROM (${entriesWithSaid('m.hidden = 1')}) found JOIN entries e ON e.id = found.id WHERE ${saidOfEntry('hidden')} = 1`,
    )
    .all();
  const tags = privateTags(db);
  return new Set([...hidden.map(({ id }) => id), ...(tags.length > 0 ? entriesTagged(db, tags) : [])]);
}
