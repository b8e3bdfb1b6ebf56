import { jobCommand } from '../../shared/job-command.ts';

export const jobPause = jobCommand({
  verb: 'pause',
  summary: 'Stop a job until it is resumed',
  details: ['It stays paused when the daemon is restarted.'],
  said: (job) => (job.stopping ? 'pausing at its next checkpoint' : job.state),
});
