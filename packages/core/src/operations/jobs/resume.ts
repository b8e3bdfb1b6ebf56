import { jobAction, refuseEnded, seenState } from '../job-action.ts';

export const resumeJob = jobAction({
  summary: 'Lets a paused job go on from its last checkpoint.',
  name: 'jobs.resume',
  detail: 'it goes on from its last checkpoint, when its turn comes',
  isDone(job) {
    refuseEnded(job);
    return job.state !== 'paused';
  },
  commit: (jobs, id) => jobs.resume(id),
  // By now it may run, or have ended; what it must not be is paused.
  verify: (job) => ['held by the user', false, seenState(job) === 'paused'],
});
