import { z } from 'zod';
import { applicationCounts } from '../../db/library/tag-applications.ts';
import { TAG_COLUMNS, type TagRow, tagView } from '../../db/library/tags.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { TAG_KINDS, tagViewSchema } from '../../domain/tag.ts';
import { SdError } from '../../errors.ts';
import { query } from '../../operation.ts';

const cursorSchema = z.tuple([z.string(), z.int()]);

export const listTags = query({
  summary: 'The tags by name, and how much has each.',
  name: 'tags.list',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    namespace: z.string().max(100).optional(),
    kind: z.enum(TAG_KINDS).optional(),
    top: z.boolean().default(false).describe('only those below no other'),
    ...pageInput,
  }),
  output: z.object({ tags: z.array(tagViewSchema), total: z.int(), next_cursor: z.string().optional() }),
  errors: ['CURSOR_STALE'],
  permissions: ['library.read'],

  run({ library: { db } }, { limit, cursor, ...asked }) {
    const fingerprint = fingerprintOf(asked);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !after)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const { namespace = null, kind = null, top } = asked;
    const condition = `(? IS NULL OR t.namespace = ?) AND (? IS NULL OR t.kind = ?)
      AND (? = 0 OR NOT EXISTS (SELECT 1 FROM tag_links l WHERE l.tag_id = t.id AND l.kind = 'parent'))`;
    const values = [namespace, namespace, kind, kind, Number(top)];
    const [folded, id] = after ?? ['', 0];
    const rows = db
      .prepare<TagRow>(
        `SELECT ${TAG_COLUMNS} FROM tags t WHERE ${condition} AND (t.folded, t.id) > (?, ?) ORDER BY t.folded, t.id LIMIT ?`,
      )
      .all(...values, folded, id, limit);
    const counts = applicationCounts(db);
    const last = rows.at(-1);
    return {
      tags: rows.map((tag) => tagView(tag, counts.get(tag.id) ?? 0)),
      total: db.prepare<{ n: number }>(`SELECT count(*) AS n FROM tags t WHERE ${condition}`).get(...values)?.n ?? 0,
      ...(last && rows.length === limit ? { next_cursor: encodeCursor(fingerprint, [last.folded, last.id]) } : {}),
    };
  },
});
