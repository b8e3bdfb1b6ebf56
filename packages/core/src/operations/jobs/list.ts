import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { JOB_STATES } from '../../jobs/job-manager.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { query } from '../../operation.ts';

export const listJobs = query({
  summary: 'The jobs of the open libraries, newest first: all that have not ended, and the last that have.',
  name: 'jobs.list',
  scope: 'core',
  input: z.object({
    library_id: uuidSchema.optional(),
    states: z.array(z.enum(JOB_STATES)).max(JOB_STATES.length).optional(),
    kind: z.string().max(100).optional(),
  }),
  output: z.object({ jobs: z.array(jobInfoSchema) }),
  errors: [],
  permissions: ['library.read'],
  run({ jobs }, { library_id: library, states, kind }) {
    return {
      jobs: jobs.list({ ...(library ? { library } : {}), ...(states ? { states } : {}), ...(kind ? { kind } : {}) }),
    };
  },
});
