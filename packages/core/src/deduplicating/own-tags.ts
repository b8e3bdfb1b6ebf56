import type { HasTag } from '../domain/keep-rules.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** Tells which entries were given tags of their own; what was said of the content is said of every copy alike. */
export function ownTags(db: ReadConnection): HasTag {
  const any = db.prepare('SELECT 1 FROM tag_applications WHERE scope = 0 AND target_id = ? LIMIT 1');
  const these = db.prepare(
    `SELECT 1 FROM tag_applications WHERE scope = 0 AND target_id = ? AND tag_id IN (SELECT value FROM json_each(?)) LIMIT 1`,
  );
  return (id, tags) => (tags === 'any' ? any.get(id) : these.get(id, JSON.stringify(tags))) !== undefined;
}
