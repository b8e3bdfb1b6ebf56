import { type Section, entry } from './section.ts';

export const jobs: Section = {
  heading: 'Jobs',
  commands: [
    entry('job monitor', 'Watch all jobs, live', async () => (await import('../commands/job/monitor.ts')).jobMonitor),
    entry('job list', 'List the jobs', async () => (await import('../commands/job/list.ts')).jobList),
    entry(
      'job info',
      'Show a job, or follow it to its end',
      async () => (await import('../commands/job/info.ts')).jobInfo,
    ),
    entry('job log', 'Show what a job has said', async () => (await import('../commands/job/log.ts')).jobLog),
    entry(
      'job pause',
      'Stop a job until it is resumed',
      async () => (await import('../commands/job/pause.ts')).jobPause,
    ),
    entry('job resume', 'Let a paused job go on', async () => (await import('../commands/job/resume.ts')).jobResume),
    entry('job cancel', 'Stop a job for good', async () => (await import('../commands/job/cancel.ts')).jobCancel),
    entry(
      'job retry',
      'Let a job go on that failed, was cancelled, or waits for its next try',
      async () => (await import('../commands/job/retry.ts')).jobRetry,
    ),
    entry(
      'job clear',
      'Forget the jobs that have ended, with their logs',
      async () => (await import('../commands/job/clear.ts')).jobClear,
    ),
  ],
};
