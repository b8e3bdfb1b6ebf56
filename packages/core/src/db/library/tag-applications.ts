import type { ReadConnection } from '../../ports/sqlite.ts';
import { hasTag, uuidOf } from './tag-links.ts';
import { tagById } from './tags.ts';
import { prepareTargetKeys, targetKey } from './target-key.ts';
import { targetForPeople } from './target-name.ts';
import type { UserTable } from './user-rows.ts';

/** A row of `tag_applications`: that an entry (`scope` 0) or a content (1) has a tag. */
export interface TagApplicationRow {
  readonly tag_id: number;
  readonly scope: number;
  readonly target_id: number;
  /** `user`, `import`, or who else applied it. */
  readonly source: string;
  /** 0 to 1; `null` for people. */
  readonly confidence: number | null;
  /** JSON: why. */
  readonly context: string | null;
  readonly device_id: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly applied_at: number;
}

export const TAG_APPLICATIONS: UserTable = {
  name: 'tag_applications',
  key: ['tag_id', 'scope', 'target_id'],
  columns: ['tag_id', 'scope', 'target_id', 'source', 'confidence', 'context', 'device_id', 'applied_at'],
  logKey: (db, { tag_id: tag, scope, target_id: target }) =>
    `${uuidOf(db, Number(tag))} ${targetKey(db, Number(scope), Number(target))}`,
  prepareKeys: prepareTargetKeys,
  describe: (db, { tag_id: tag, scope, target_id: target }) =>
    `tag "${tagById(db, Number(tag))?.name ?? ''}" of ${targetForPeople(db, Number(scope), Number(target))}`,
  objection: (db, { tag_id: tag }, there) =>
    there && !hasTag(db, Number(tag)) ? 'the tag has been deleted' : undefined,
};
const COLUMNS = TAG_APPLICATIONS.columns.join(', ');

export function applicationsOfTag(db: ReadConnection, tag: number): TagApplicationRow[] {
  return db.prepare<TagApplicationRow>(`SELECT ${COLUMNS} FROM tag_applications WHERE tag_id = ?`).all(tag);
}

/** What was said of one target. */
export function applicationsTo(db: ReadConnection, scope: number, target: number): TagApplicationRow[] {
  return db
    .prepare<TagApplicationRow>(`SELECT ${COLUMNS} FROM tag_applications WHERE scope = ? AND target_id = ?`)
    .all(scope, target);
}

export function countApplications(db: ReadConnection, tag: number): number {
  return db.prepare<{ n: number }>('SELECT count(*) AS n FROM tag_applications WHERE tag_id = ?').get(tag)?.n ?? 0;
}

/** How often each tag is applied. */
export function applicationCounts(db: ReadConnection): Map<number, number> {
  const rows = db
    .prepare<{ id: number; n: number }>('SELECT tag_id AS id, count(*) AS n FROM tag_applications GROUP BY tag_id')
    .all();
  return new Map(rows.map(({ id, n }) => [id, n]));
}
