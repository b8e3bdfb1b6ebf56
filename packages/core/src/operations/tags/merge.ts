import { z } from 'zod';
import { countApplications } from '../../db/library/tag-applications.ts';
import { resolveTag, tagsMeant } from '../../db/library/tag-names.ts';
import { type TagRow, labelOf, tagById, tagByUuid } from '../../db/library/tags.ts';
import { uuidToText } from '../../domain/ids.ts';
import { tagDetailsSchema, tagSelector } from '../../domain/tag.ts';
import { SdError } from '../../errors.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { namesOf } from '../../tagging/applying.ts';
import { mergeTags as mergeInThread } from '../../tagging/merging.ts';
import { refuseSystem } from '../../tagging/tag-rows.ts';
import { tagBasis, tagDetails } from '../../tagging/tag-view.ts';

const input = z.object({
  from: z.array(tagSelector).min(1).max(100).describe('these go; their names become aliases'),
  into: tagSelector.describe('this one stays'),
});

export const mergeTags = action({
  summary: 'Makes one tag of several: what was said with them, their names and their links are the one’s from then on.',
  name: 'tags.merge',
  scope: 'library',
  input,
  output: z.object({
    tag: tagDetailsSchema,
    moved: z.int().describe('entries and contents that did not have the one before'),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library: { db } }, given) {
    const { from, into } = resolved(db, given);
    return {
      plan: {
        summary: `Merge ${namesOf(from)} into "${labelOf(into)}".`,
        steps: from.map((tag) => ({
          what: 'merge tag',
          target: labelOf(tag),
          detail: `${countApplications(db, tag.id)} have it; the name becomes an alias`,
        })),
        conflicts: [],
        warnings:
          from.some(({ kind }) => kind === 'privacy') && into.kind !== 'privacy'
            ? ['a privacy tag goes: its files will be shown without being asked for']
            : [],
      },
      basis: { into: tagBasis(db, into), from: from.map((tag) => tagBasis(db, tag)) },
    };
  },

  async commit({ library }, given) {
    const { from, into } = resolved(library.db, given);
    const { moved } = await library.writeInThread(mergeInThread, { from: from.map(({ id }) => id), into: into.id });
    return { tag: tagDetails(library.db, tagById(library.db, into.id) ?? into), moved };
  },

  verify({ library: { db } }, { from }, { tag }) {
    const left = from.flatMap((text) => tagsMeant(db, text)).filter(({ uuid }) => uuidToText(uuid) !== tag.id);
    return observed(['tag', tag.name, tagByUuid(db, tag.id)?.name], ['of those that go, left', 0, left.length]);
  },
});

function resolved(db: ReadConnection, { from, into }: z.output<typeof input>): { from: TagRow[]; into: TagRow } {
  const target = resolveTag(db, into);
  const rows = [...new Map(from.map((text) => resolveTag(db, text)).map((tag) => [tag.id, tag])).values()];
  for (const tag of [target, ...rows]) refuseSystem(tag);
  if (rows.some(({ id }) => id === target.id))
    throw new SdError('CONFLICT', `"${labelOf(target)}" is not merged into itself`);
  return { from: rows, into: target };
}
