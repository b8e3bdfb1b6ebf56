import { jobCommand } from '../../shared/job-command.ts';

export const jobResume = jobCommand({
  verb: 'resume',
  summary: 'Let a paused job go on',
  among: (job) => job.state === 'paused' || job.stopping === 'pause',
  said: (job) => (job.stopping ? 'on its way' : job.state),
});
