import { z } from 'zod';
import { tagAncestors as above } from '../../db/library/tag-links.ts';
import { resolveTag } from '../../db/library/tag-names.ts';
import { tagById, tagRef } from '../../db/library/tags.ts';
import { tagRefSchema, tagSelector } from '../../domain/tag.ts';
import { query } from '../../operation.ts';

export const tagAncestors = query({
  summary: 'The tags above a tag, all the way up, the nearest first.',
  name: 'tags.ancestors',
  scope: 'library',
  thread: 'reader',
  input: z.object({ tag: tagSelector }),
  output: z.object({ tags: z.array(tagRefSchema) }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.read'],
  run: ({ library: { db } }, { tag }) => ({
    tags: above(db, resolveTag(db, tag).id)
      .flatMap((id) => tagById(db, id) ?? [])
      .map(tagRef),
  }),
});
