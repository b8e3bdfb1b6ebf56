import type { ReadConnection } from '../ports/sqlite.ts';
import type { ResolvedTargets } from './target-list.ts';

/** Targets that are asked what tags they have: enough to tell what is meant by a name. */
const ENOUGH = 1000;

/** The tags that the targets have, their ids. */
export function tagsAround(db: ReadConnection, { entries, contents }: ResolvedTargets): ReadonlySet<number> {
  const rows = db
    .prepare<{ id: number }>(
      `SELECT DISTINCT a.tag_id AS id FROM json_each(?) w CROSS JOIN tag_applications a ON a.scope = 0 AND a.target_id = w.value
       UNION SELECT a.tag_id FROM json_each(?) w CROSS JOIN tag_applications a ON a.scope = 1 AND a.target_id = w.value`,
    )
    .all(JSON.stringify(entries.slice(0, ENOUGH)), JSON.stringify(contents.slice(0, ENOUGH)));
  return new Set(rows.map(({ id }) => id));
}
