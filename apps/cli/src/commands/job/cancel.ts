import { jobCommand } from '../../shared/job-command.ts';

export const jobCancel = jobCommand({
  verb: 'cancel',
  summary: 'Stop a job for good',
  details: ['What it has done stays. "sd job retry" lets it go on all the same.'],
  said: (job) => (job.stopping ? 'stopping; what it has done stays' : job.state),
});
