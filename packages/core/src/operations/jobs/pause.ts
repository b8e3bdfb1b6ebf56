import { jobAction, refuseEnded, seenState } from '../job-action.ts';

export const pauseJob = jobAction({
  summary: 'Stops a job at its next checkpoint until it is resumed, over restarts too.',
  name: 'jobs.pause',
  detail: 'it goes on from its last checkpoint once resumed',
  isDone(job) {
    refuseEnded(job);
    return job.state === 'paused';
  },
  commit: (jobs, id) => jobs.pause(id),
  verify: (job) => ['state', 'paused', seenState(job)],
});
