import { z } from 'zod';
import { resolveTag } from '../../db/library/tag-names.ts';
import { tagDetailsSchema, tagSelector } from '../../domain/tag.ts';
import { query } from '../../operation.ts';
import { tagDetails } from '../../tagging/tag-view.ts';

export const getTag = query({
  summary: 'All that is known of one tag.',
  name: 'tags.get',
  scope: 'library',
  thread: 'reader',
  input: z.object({ tag: tagSelector }),
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.read'],
  run: ({ library: { db } }, { tag }) => ({ tag: tagDetails(db, resolveTag(db, tag)) }),
});
