import { z } from 'zod';
import { childrenOfTag, tagWithDescendants } from '../../db/library/tag-links.ts';
import { resolveTag } from '../../db/library/tag-names.ts';
import { tagById, tagRef } from '../../db/library/tags.ts';
import { tagRefSchema, tagSelector } from '../../domain/tag.ts';
import { query } from '../../operation.ts';

export const tagChildren = query({
  summary: 'The tags below a tag.',
  name: 'tags.children',
  scope: 'library',
  thread: 'reader',
  input: z.object({ tag: tagSelector, all: z.boolean().default(false).describe('all the way down') }),
  output: z.object({ tags: z.array(tagRefSchema) }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.read'],
  run({ library: { db } }, { tag, all }) {
    const { id } = resolveTag(db, tag);
    if (!all) return { tags: childrenOfTag(db, id).map(tagRef) };
    const below = tagWithDescendants(db, id).filter((other) => other !== id);
    return { tags: below.flatMap((other) => tagById(db, other) ?? []).map(tagRef) };
  },
});
