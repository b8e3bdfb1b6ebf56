import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobLogLineSchema } from '../../jobs/job-schema.ts';
import { query } from '../../operation.ts';

export const jobLog = query({
  summary: 'What a job has said, oldest first: its last lines, or those after a line that is known.',
  name: 'jobs.log',
  scope: 'core',
  input: z.object({
    id: uuidSchema,
    after: z.int().min(0).optional().describe('only lines after this one; the last ones, if left out'),
    limit: z.int().min(1).max(1_000).default(200),
  }),
  output: z.object({ lines: z.array(jobLogLineSchema) }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],
  run: ({ jobs }, { id, after, limit }) => ({
    lines: jobs.log(id, { limit, ...(after === undefined ? {} : { after }) }),
  }),
});
