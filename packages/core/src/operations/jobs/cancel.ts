import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { previewOfJob, seenState } from '../../jobs/plan-of.ts';
import { action, observed } from '../../operation.ts';

export const cancelJob = action({
  summary: 'Stops a job for good at its next checkpoint; what it has done so far stays.',
  name: 'jobs.cancel',
  scope: 'core',
  input: z.object({ id: uuidSchema }),
  output: jobInfoSchema,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.write'],
  preview: ({ jobs }, { id }) =>
    previewOfJob('cancel', jobs.info(id), 'what it has done so far stays; it does not go on later'),
  commit: ({ jobs }, { id }) => jobs.cancel(id),
  verify: ({ jobs }, { id }) => observed(['state', 'cancelled', seenState(jobs.info(id))]),
});
