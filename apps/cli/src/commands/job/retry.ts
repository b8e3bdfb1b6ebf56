import { jobCommand } from '../../shared/job-command.ts';

export const jobRetry = jobCommand({
  verb: 'retry',
  summary: 'Let a job go on that failed, was cancelled, or waits for its next try',
  details: ['It goes on from its last checkpoint.'],
  among: (job) => job.state === 'failed' || job.next_try_at !== undefined,
  said: (job) => job.state,
});
