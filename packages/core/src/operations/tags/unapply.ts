import { z } from 'zod';
import { namedForPeople, someForPeople } from '../../domain/for-people.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { tagSelector } from '../../domain/tag.ts';
import { onSchema, targetsSchema } from '../../domain/targets.ts';
import { action, observed } from '../../operation.ts';
import { unapplyTags as writeTags } from '../../tagging/applying.ts';
import { planTagging } from '../plan-saying.ts';
import { resolveTargets } from '../resolve-targets.ts';

export const unapplyTags = action({
  summary: 'Takes tags from files, folders and contents.',
  name: 'tags.unapply',
  scope: 'library',
  input: z.object({
    tags: z.array(tagSelector).min(1).max(100),
    targets: targetsSchema,
    on: onSchema.describe('by default from wherever they hold: the entry and its content'),
  }),
  output: z.object({
    tags: z.array(uuidSchema),
    changed: z.int().describe('how often a tag was taken away'),
    targets: z.int(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview(context, { tags, targets, on }) {
    const planned = await context.inReader(planTagging, { targets, on, tags, taking: true });
    const all = { count: planned.named, folders: planned.folders };
    return {
      plan: {
        summary: `Take ${planned.tags.map(({ name }) => `"${name}"`).join(', ')} from ${namedForPeople(all)}.`,
        steps: planned.tags.flatMap(({ name, has }) =>
          has > 0 ? [{ what: 'untag', target: someForPeople(has, all), source: name }] : [],
        ),
        conflicts: [],
        warnings: [],
      },
      basis: { targets: planned.digest, tags: planned.tags },
    };
  },

  async commit(context, { tags, targets, on }) {
    const resolved = await context.inReader(resolveTargets, targets);
    const done = await context.library.writeInThread(writeTags, { targets: resolved, on, tags });
    return { ...done, tags: [...done.tags] };
  },

  async verify(context, { targets, on }, { tags }) {
    const seen = await context.inReader(planTagging, { targets, on, tags, taking: true });
    return observed(...seen.tags.map(({ name, has }) => [`with "${name}"`, 0, has] as [string, number, number]));
  },
});
