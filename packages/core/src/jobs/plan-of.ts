import { SdError } from '../errors.ts';
import { type JobInfo, isEnd } from './job-manager.ts';

/** The plan of cancel, pause and resume, which differ by a verb. Throws `CONFLICT` where the job has ended. */
export function previewOfJob(verb: 'cancel' | 'pause' | 'resume', job: JobInfo, detail: string) {
  if (isEnd(job.state)) throw new SdError('CONFLICT', `the job has ended already: ${job.state}`, { state: job.state });
  const nothing = (verb === 'pause' && job.state === 'paused') || (verb === 'resume' && job.state !== 'paused');
  return {
    plan: {
      summary: `${verb} ${job.kind}: ${job.subject}`,
      steps: nothing ? [] : [{ what: verb, target: job.subject, detail }],
      conflicts: [],
      warnings: nothing ? [`nothing to do: the job is ${job.state}`] : [],
    },
    // A job moves on by itself; only its end makes the plan meaningless.
    basis: { job: job.id, ended: false },
  };
}

/** The state as observed; one that is on its way out of `running` is said so. */
export function seenState(job: JobInfo): string {
  if (job.stopping) return `${job.state}, asked to ${job.stopping}`;
  return job.state === 'paused' && job.error ? `waiting: ${job.error.message}` : job.state;
}
