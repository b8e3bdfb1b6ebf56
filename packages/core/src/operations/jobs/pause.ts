import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { previewOfJob, seenState } from '../../jobs/plan-of.ts';
import { action, observed } from '../../operation.ts';

export const pauseJob = action({
  summary: 'Stops a job at its next checkpoint until it is resumed, over restarts too.',
  name: 'jobs.pause',
  scope: 'core',
  input: z.object({ id: uuidSchema }),
  output: jobInfoSchema,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.write'],
  preview: ({ jobs }, { id }) =>
    previewOfJob('pause', jobs.info(id), 'it goes on from its last checkpoint once resumed'),
  commit: ({ jobs }, { id }) => jobs.pause(id),
  verify: ({ jobs }, { id }) => observed(['state', 'paused', seenState(jobs.info(id))]),
});
