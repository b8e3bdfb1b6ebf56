import { z } from 'zod';
import { several } from '../../domain/for-people.ts';
import { targetsSchema } from '../../domain/targets.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { action, observed } from '../../operation.ts';
import { CARRIERS } from '../../travel/facts.ts';
import { planImport, travelling } from '../plan-travel.ts';

export const importTags = action({
  summary: 'Takes over tags, ratings and notes that other programs wrote beside files or onto them, in the background.',
  name: 'tags.import',
  scope: 'library',
  input: z.object({
    targets: targetsSchema,
    from: z
      .array(z.enum(CARRIERS))
      .min(1)
      .max(CARRIERS.length)
      .describe('xmp: sidecar files, <name>.xmp; attributes: extended attributes, as KDE and the Finder keep them'),
  }),
  output: z.object({ job: jobInfoSchema.describe('its result says what was found and said') }),
  errors: ['NOT_FOUND', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview(context, { targets, from }) {
    const planned = await context.inReader(planImport, { targets, carriers: from, private: true });
    return {
      plan: {
        summary: `Import tags, ratings and notes of ${several(planned.files, 'file')}. What you said already stays.`,
        steps: [...planned.creates.map((name) => ({ what: 'create tag', target: name })), ...planned.steps],
        conflicts: [],
        warnings: planned.warnings,
      },
      basis: { files: planned.files, creates: planned.creates, steps: planned.steps },
    };
  },

  async commit(context, { targets, from }) {
    const entries = await context.inReader(travelling, targets);
    if (entries.length === 0) throw new SdError('NOT_FOUND', 'no file is meant');
    const job = await context.jobs.enqueue({
      library: context.library.id,
      kind: 'tags.travel',
      priority: 'user',
      subject: `tags of ${several(entries.length, 'file')}`,
      input: {
        direction: 'import',
        carriers: from,
        entries,
        private: true,
        receipt: context.receipt,
        client: context.session.client,
      },
    });
    return { job };
  },

  async verify(context, { targets, from }, { job }) {
    const { creates } = await context.inReader(planImport, { targets, carriers: from, private: true });
    return observed(
      ['job', 'completed', context.jobs.info(job.id).state],
      ['tags that were found and are not there', 0, creates.length],
    );
  },
});
