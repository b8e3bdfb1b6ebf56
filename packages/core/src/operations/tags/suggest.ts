import { z } from 'zod';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { tagRef } from '../../db/library/tags.ts';
import { tagRefSchema } from '../../domain/tag.ts';
import { targetsSchema } from '../../domain/targets.ts';
import { query } from '../../operation.ts';
import { SUGGESTION_REASONS, suggestTags as suggested } from '../../tagging/suggesting.ts';
import { resolveTargets } from '../resolve-targets.ts';

export const suggestTags = query({
  summary: 'Tags that files may want, the likeliest first, or that complete what was typed.',
  name: 'tags.suggest',
  scope: 'library',
  thread: 'reader',
  input: z
    .object({
      targets: targetsSchema.optional(),
      text: z.string().min(1).max(200).optional().describe('what was typed so far'),
      private: z
        .boolean()
        .default(false)
        .describe('learn also from files that people said to hide or gave a privacy tag, and suggest such tags'),
      limit: z.int().min(1).max(100).default(10),
    })
    .refine(({ targets, text }) => targets !== undefined || text !== undefined, 'give targets or a text'),
  output: z.object({
    suggestions: z.array(
      z.object({
        tag: tagRefSchema,
        score: z.number().describe('0 to 1, to be compared within one answer'),
        reasons: z
          .array(z.enum(SUGGESTION_REASONS))
          .describe(
            'together: with tags they have; folder: on files in the same folder; name: in their names; text: as typed',
          ),
      }),
    ),
  }),
  errors: ['NOT_FOUND', 'LIMIT', 'OFFLINE', 'IO'],
  permissions: ['library.read', 'files.read'],

  async run(context, { targets, text, limit, private: all }) {
    const resolved = targets && (await resolveTargets.run(context, targets));
    const { db } = context.library;
    const hidden = all ? undefined : new PrivateEntries(db);
    const isPrivate = hidden && ((entry: number) => hidden.hasEntry(entry));
    return {
      suggestions: suggested(db, resolved, text, { limit, isPrivate }).map(({ tag, score, reasons }) => ({
        tag: tagRef(tag),
        score: Math.round(score * 1000) / 1000,
        reasons: [...reasons],
      })),
    };
  },
});
