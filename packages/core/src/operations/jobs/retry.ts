import { SdError } from '../../errors.ts';
import { jobAction } from '../job-action.ts';

export const retryJob = jobAction({
  summary: 'Lets a job that failed, was cancelled or waits for its next try go on now from its last checkpoint.',
  name: 'jobs.retry',
  detail: 'it goes on from its last checkpoint, when its turn comes',
  isDone({ state, next_try_at }) {
    if (state === 'failed' || state === 'cancelled' || next_try_at !== undefined) return false;
    throw new SdError('CONFLICT', `there is nothing to try again: the job is ${state}`, { state });
  },
  commit: (jobs, id) => jobs.retry(id),
  // It may have failed again by now, but not the same time.
  verify: (job) => ['waits to be tried again later', false, job.next_try_at !== undefined],
});
