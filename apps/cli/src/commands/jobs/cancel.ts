import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { findJob } from '../../shared/jobs.ts';
import { done } from '../../shared/library.ts';
import type { JobInfo } from '../../wire.ts';

export const jobsCancel = command({
  name: 'jobs cancel',
  summary: 'Stop a job for good',
  arguments: { job: optional('its id or the end of it; may be left out where one job is going on', 'job') },
  options: {},
  examples: [],
  calls: ['action:jobs.cancel', 'query:jobs.list', 'query:jobs.info'],
  async run(sd, { job: typed }) {
    const { id } = await findJob(await sd.daemon(), typed);
    const job = await act<JobInfo>(sd, { action: 'jobs.cancel', input: { id } });
    if (job)
      done(
        sd,
        `${job.kind} of "${printable(job.subject)}": ${job.stopping ? 'stopping; what it has done stays' : job.state}`,
      );
  },
});
