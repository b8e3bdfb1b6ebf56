import { z } from 'zod';
import { countApplications } from '../../db/library/tag-applications.ts';
import { childrenOfTag } from '../../db/library/tag-links.ts';
import { resolveTag } from '../../db/library/tag-names.ts';
import { type TagRow, labelOf, tagByUuid } from '../../db/library/tags.ts';
import { uuidSchema, uuidToText } from '../../domain/ids.ts';
import { tagSelector } from '../../domain/tag.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { namesOf } from '../../tagging/applying.ts';
import { deleteTags } from '../../tagging/merging.ts';
import { refuseSystem } from '../../tagging/tag-rows.ts';
import { tagBasis } from '../../tagging/tag-view.ts';

export const deleteTag = action({
  summary: 'Deletes tags. Their files stay; what was below one comes below what was above it.',
  name: 'tags.delete',
  scope: 'library',
  input: z.object({ tags: z.array(tagSelector).min(1).max(100) }),
  output: z.object({
    tags: z.array(uuidSchema),
    unapplied: z.int().describe('entries and contents that had them'),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library: { db } }, { tags }) {
    const rows = resolved(db, tags);
    return {
      plan: {
        summary: `Delete the ${rows.length === 1 ? 'tag' : 'tags'} ${namesOf(rows)}.`,
        steps: rows.map((tag) => ({ what: 'delete tag', target: labelOf(tag), detail: whatGoes(db, tag) })),
        conflicts: [],
        warnings: rows.some(({ kind }) => kind === 'privacy')
          ? ['a privacy tag goes: its files will be shown without being asked for']
          : [],
      },
      basis: { tags: rows.map((tag) => ({ ...tagBasis(db, tag), applied: countApplications(db, tag.id) })) },
    };
  },

  async commit({ library }, { tags }) {
    const rows = resolved(library.db, tags);
    const { unapplied } = await library.writeInThread(deleteTags, { tags: rows.map(({ id }) => id) });
    return { tags: rows.map(({ uuid }) => uuidToText(uuid)), unapplied };
  },

  verify({ library: { db } }, _input, { tags }) {
    return observed(['tags left', 0, tags.filter((id) => tagByUuid(db, id) !== undefined).length]);
  },
});

function resolved(db: ReadConnection, tags: readonly string[]): TagRow[] {
  const rows = [...new Map(tags.map((text) => resolveTag(db, text)).map((tag) => [tag.id, tag])).values()];
  rows.forEach(refuseSystem);
  return rows;
}

function whatGoes(db: ReadConnection, tag: TagRow): string {
  const children = childrenOfTag(db, tag.id).length;
  const below = children > 0 ? `; ${children} below it stay` : '';
  return `${countApplications(db, tag.id)} files and contents have it${below}`;
}
