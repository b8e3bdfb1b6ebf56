import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { query } from '../../operation.ts';

export const jobInfo = query({
  summary: 'One job: state, progress, and once it has ended, its result or its error.',
  name: 'jobs.info',
  scope: 'core',
  input: z.object({ id: uuidSchema }),
  output: jobInfoSchema,
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],
  run: ({ jobs }, { id }) => jobs.info(id),
});
