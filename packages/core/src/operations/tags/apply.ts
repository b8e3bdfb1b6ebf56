import { z } from 'zod';
import { type Named, namedForPeople, someForPeople } from '../../domain/for-people.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { tagSelector } from '../../domain/tag.ts';
import { onSchema, targetsSchema } from '../../domain/targets.ts';
import { action, observed } from '../../operation.ts';
import { applyTags as writeTags } from '../../tagging/applying.ts';
import type { PlannedTags } from '../../tagging/planning.ts';
import { planTagging } from '../plan-saying.ts';
import { resolveTargets } from '../resolve-targets.ts';

const LONGEST_CONTEXT = 4000;

const input = z.object({
  tags: z.array(tagSelector).min(1).max(100),
  targets: targetsSchema,
  on: onSchema,
  create: z.boolean().default(false).describe('makes tags that do not exist'),
  source: z
    .string()
    .regex(/^(user|import|agent:[^\s]{1,100})$/, 'user, import or agent:<name>')
    .default('user')
    .describe('who applies them'),
  confidence: z.number().min(0).max(1).optional().describe('how sure whoever is not a person is'),
  context: z
    .json()
    .refine((context) => JSON.stringify(context).length <= LONGEST_CONTEXT, `at most ${LONGEST_CONTEXT} characters`)
    .optional()
    .describe('why'),
});

export const applyTags = action({
  summary: 'Gives files, folders and contents tags.',
  name: 'tags.apply',
  scope: 'library',
  input,
  output: z.object({
    tags: z.array(uuidSchema),
    names: z.array(z.string()).describe('what these are called: of several tags of one name, the one that was taken'),
    created: z.array(uuidSchema).describe('those of them that were made'),
    changed: z.int().describe('how often a tag was given to what did not have it'),
    targets: z.int().describe('entries and contents it was about'),
    entries: z.int().describe('entries that were named: copies of one file are one target'),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview(context, { tags, targets, on, create }) {
    const planned = await context.inReader(planTagging, { targets, on, tags, create });
    const all = { count: planned.contents + planned.entries, folders: planned.folders };
    return {
      plan: {
        summary: `Tag ${namedForPeople(all)} ${planned.tags.map(({ name }) => `"${name}"`).join(', ')}.`,
        steps: planned.tags.flatMap((tag) => stepsOf(tag, all)),
        conflicts: [],
        warnings: [],
      },
      basis: { targets: planned.digest, tags: planned.tags },
    };
  },

  async commit(context, { tags, targets, on, create, source, confidence, context: why }) {
    const resolved = await context.inReader(resolveTargets, targets);
    const done = await context.library.writeInThread(writeTags, {
      targets: resolved,
      on,
      tags,
      create,
      source,
      confidence: confidence ?? null,
      context: why === undefined ? null : JSON.stringify(why),
    });
    return { ...done, tags: [...done.tags], names: [...done.names], created: [...done.created] };
  },

  async verify(context, { targets, on }, { tags }) {
    const seen = await context.inReader(planTagging, { targets, on, tags });
    const all = seen.contents + seen.entries;
    return observed(...seen.tags.map(({ name, has }) => [`with "${name}"`, all, has] as [string, number, number]));
  },
});

function stepsOf({ id, name, has }: PlannedTags['tags'][number], all: Named) {
  const lacking = all.count - has;
  const detail = has > 0 ? `${has} have it already` : undefined;
  return [
    ...(id === undefined ? [{ what: 'create tag', target: name }] : []),
    ...(lacking > 0
      ? [
          {
            what: 'tag',
            target: someForPeople(lacking, all),
            source: name,
            ...(detail === undefined ? {} : { detail }),
          },
        ]
      : []),
  ];
}
