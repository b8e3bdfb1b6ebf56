import { jobAction, refuseEnded, seenState } from '../job-action.ts';

export const cancelJob = jobAction({
  summary: 'Stops a job for good at its next checkpoint; what it has done so far stays.',
  name: 'jobs.cancel',
  detail: 'what it has done so far stays; it does not go on by itself',
  isDone(job) {
    refuseEnded(job);
    return false;
  },
  commit: (jobs, id) => jobs.cancel(id),
  verify: (job) => ['state', 'cancelled', seenState(job)],
});
