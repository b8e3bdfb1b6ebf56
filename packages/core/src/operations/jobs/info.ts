import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobInfoSchema, jobLogLineSchema } from '../../jobs/job-schema.ts';
import { query } from '../../operation.ts';

/** Lines that come with a job; `jobs.log` has more. */
const LOG_LINES = 50;

export const jobInfo = query({
  summary: 'One job: state, progress, problems of single items, and once it has ended, its result or its error.',
  name: 'jobs.info',
  scope: 'core',
  input: z.object({ id: uuidSchema, log: z.boolean().default(false).describe('with the last lines of its log') }),
  output: jobInfoSchema.extend({ log: z.array(jobLogLineSchema).optional() }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],
  run({ jobs }, { id, log }) {
    return { ...jobs.info(id), ...(log ? { log: jobs.log(id, { limit: LOG_LINES }) } : {}) };
  },
});
