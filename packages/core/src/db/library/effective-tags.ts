import { SAID_OF, type AppliedTag } from '../../domain/tag.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { TAG_COLUMNS, type TagRow, tagRef } from './tags.ts';

interface AppliedRow extends TagRow {
  /** Place in `SAID_OF`. */
  readonly said_of: number;
  readonly source: string;
  readonly confidence: number | null;
  readonly context: string | null;
  readonly applied_at: number;
}

const APPLIED = (said: number, target: string): string =>
  `SELECT a.tag_id, ${said} AS said_of, a.source, a.confidence, a.context, a.applied_at
     FROM tag_applications a WHERE a.scope = ${Math.min(said, 1)} AND a.target_id = ${target}`;

/** The tags of an entry: its own, its content's, and those of the content it had before it was edited. By name. */
export function tagsOfEntry(db: ReadConnection, entry: number): AppliedTag[] {
  return applied(
    db,
    `${APPLIED(0, '?')}
     UNION ALL ${APPLIED(1, '(SELECT content_id FROM entries WHERE id = ?)')}
     UNION ALL ${APPLIED(2, '(SELECT content_id FROM successions WHERE entry_id = ?)')}`,
    [entry, entry, entry],
  );
}

/** What was said of a content alone. */
export function tagsOfContent(db: ReadConnection, content: number): AppliedTag[] {
  return applied(db, APPLIED(1, '?'), [content]);
}

function applied(db: ReadConnection, sql: string, values: readonly number[]): AppliedTag[] {
  const rows = db
    .prepare<AppliedRow>(
      `SELECT ${TAG_COLUMNS}, a.said_of, a.source, a.confidence, a.context, a.applied_at
         FROM (${sql}) a JOIN tags t ON t.id = a.tag_id ORDER BY t.folded, t.namespace, t.id, a.said_of`,
    )
    .all(...values);
  return rows.filter((row, at) => rows[at - 1]?.id !== row.id).map(view);
}

function view(row: AppliedRow): AppliedTag {
  return {
    ...tagRef(row),
    said_of: SAID_OF[row.said_of] ?? 'entry',
    source: row.source,
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.context === null ? {} : { context: JSON.parse(row.context) as unknown }),
    applied_at: row.applied_at,
  };
}
