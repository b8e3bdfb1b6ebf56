import { z } from 'zod';
import { several } from '../../domain/for-people.ts';
import { targetsSchema } from '../../domain/targets.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { action, observed } from '../../operation.ts';
import { CARRIERS } from '../../travel/facts.ts';
import { planExport, travelling } from '../plan-travel.ts';

export const exportTags = action({
  summary:
    'Writes tags, ratings and notes beside files or onto them, where other programs find them, in the background.',
  name: 'tags.export',
  scope: 'library',
  input: z.object({
    targets: targetsSchema,
    to: z
      .array(z.enum(CARRIERS))
      .min(1)
      .max(CARRIERS.length)
      .describe('xmp: sidecar files, <name>.xmp; attributes: extended attributes, as KDE and the Finder keep them'),
    private: z.boolean().default(false).describe('also privacy tags and those below them'),
  }),
  output: z.object({ job: jobInfoSchema.describe('its result says how many files were written to') }),
  errors: ['NOT_FOUND', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview(context, { targets, to, private: all }) {
    const { files, steps, warnings } = await context.inReader(planExport, { targets, carriers: to, private: all });
    return {
      plan: {
        summary: `Write what is said of ${several(files, 'file')} to ${to.map((carrier) => NAMES[carrier]).join(' and ')}. What others wrote there stays.`,
        steps,
        conflicts: [],
        warnings: ['anyone who can read the files can read it', ...warnings],
      },
      basis: { files, steps },
    };
  },

  async commit(context, { targets, to, private: all }) {
    const entries = await context.inReader(travelling, targets);
    if (entries.length === 0) throw new SdError('NOT_FOUND', 'no file is meant');
    const job = await context.jobs.enqueue({
      library: context.library.id,
      kind: 'tags.travel',
      priority: 'user',
      subject: `tags of ${several(entries.length, 'file')}`,
      input: {
        direction: 'export',
        carriers: to,
        entries,
        private: all,
        receipt: context.receipt,
        client: context.session.client,
      },
    });
    return { job };
  },

  async verify(context, { targets, to, private: all }, { job }) {
    const { steps } = await context.inReader(planExport, { targets, carriers: to, private: all });
    const sidecars = steps.filter(({ what }) => what.endsWith('sidecar'));
    return observed(
      ['job', 'completed', context.jobs.info(job.id).state],
      ['sidecars that lack something', 0, sidecars.length],
    );
  },
});

const NAMES = { xmp: 'XMP sidecar files', attributes: 'extended attributes' } as const;
