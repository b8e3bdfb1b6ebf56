import { z } from 'zod';
import { duplicateFilters } from '../../domain/duplicates.ts';
import { DEDUPE_WAYS, keepRuleSchema } from '../../domain/keep-rules.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { alsoPrivate } from '../private-input.ts';
import { dedupeChoice } from '../dedupe-choice.ts';
import { fileAction } from '../file-action.ts';

const dedupeInputSchema = z.object({
  ...duplicateFilters,
  content_ids: z.array(uuidSchema).min(1).max(1000).optional().describe('only these'),
  keep: z
    .array(keepRuleSchema)
    .max(20)
    .default([])
    .describe(
      'what the file that stays is preferred for; the first rule that tells two files apart decides, and after them all: the oldest, then the shortest path',
    ),
  by: z
    .enum(DEDUPE_WAYS)
    .default('trash')
    .describe(
      'trash; or in the place of each copy a hard link to the file that stays, or a clone that shares its bytes',
    ),
  private: alsoPrivate.describe(
    'also copies that people said to hide or gave a privacy tag, or that lie in such a folder; else these are neither taken, nor the one that stays',
  ),
  count_offline: z
    .boolean()
    .default(false)
    .describe(
      'a copy on a disk that is away counts as one that stays, where it was read whole before; only with trash',
    ),
});

export const dedupe = fileAction({
  summary: 'Lets copies go, but one of each file; each is compared byte by byte with the one that stays right before.',
  name: 'content.dedupe',
  input: dedupeInputSchema,
  request: (asked, around) => ({ operation: 'content.dedupe', choice: dedupeChoice(asked, around) }),
});
