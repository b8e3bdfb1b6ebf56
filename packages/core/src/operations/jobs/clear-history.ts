import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { ENDED_STATES, isEnd } from '../../jobs/job-manager.ts';
import { action, observed } from '../../operation.ts';

const input = z.object({
  library_id: uuidSchema.optional(),
  states: z
    .array(z.enum(ENDED_STATES))
    .min(1)
    .max(ENDED_STATES.length)
    .default([...ENDED_STATES])
    .describe('only jobs that ended like this'),
});

export const clearHistory = action({
  summary: 'Forgets jobs that have ended, with their logs; what they did stays.',
  name: 'jobs.clear_history',
  scope: 'core',
  input,
  output: z.object({ cleared: z.int(), ids: z.array(uuidSchema) }),
  errors: ['DISK_FULL', 'IO'],
  permissions: ['library.write'],
  preview({ jobs }, { library_id: library, states }) {
    const found = jobs.list({ ...(library ? { library } : {}), states });
    return {
      plan: {
        summary: `Forget ${found.length} jobs that have ended. What they did stays.`,
        steps: found.map((job) => ({ what: 'forget', target: job.subject, detail: `${job.kind}, ${job.state}` })),
        conflicts: [],
        warnings: [],
      },
      // More may end meanwhile; they are forgotten as well.
      basis: {},
    };
  },
  async commit({ jobs }, { library_id: library, states }) {
    const ids = await jobs.clearHistory({ ...(library ? { library } : {}), states });
    return { cleared: ids.length, ids };
  },
  verify({ jobs }, _input, { ids }) {
    const forgotten = new Set(ids);
    const left = jobs.list().filter(({ id, state }) => isEnd(state) && forgotten.has(id)).length;
    return observed(['of these, still there', 0, left]);
  },
});
