import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { previewOfJob, seenState } from '../../jobs/plan-of.ts';
import { action, observed } from '../../operation.ts';

export const resumeJob = action({
  summary: 'Lets a paused job go on from its last checkpoint.',
  name: 'jobs.resume',
  scope: 'core',
  input: z.object({ id: uuidSchema }),
  output: jobInfoSchema,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.write'],
  preview: ({ jobs }, { id }) =>
    previewOfJob('resume', jobs.info(id), 'it goes on from its last checkpoint, when its turn comes'),
  commit: ({ jobs }, { id }) => jobs.resume(id),
  // By now it may run, or have ended; what it must not be is paused, unless something else than the user holds it.
  verify: ({ jobs }, { id }) => observed(['held by the user', false, seenState(jobs.info(id)) === 'paused']),
});
