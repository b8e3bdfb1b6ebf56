import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import { type JobInfo, type JobManager, isEnd } from '../jobs/job-manager.ts';
import { jobInfoSchema } from '../jobs/job-schema.ts';
import { action, observed } from '../operation.ts';

interface JobAction<N extends string> {
  readonly summary: string;
  /** `jobs.<verb>`. */
  readonly name: N;
  /** What it means for the job, for the plan. */
  readonly detail: string;
  /** Whether the job is as wanted already. Throws `CONFLICT` where its state does not allow it. */
  isDone(job: JobInfo): boolean;
  commit(jobs: JobManager, id: string): Promise<JobInfo>;
  /** What is looked at afterwards: its name, what is expected, and what the job shows. */
  verify(job: JobInfo): readonly [what: string, expected: unknown, seen: unknown];
}

/** What is done to one job by its id: the actions differ by a verb. */
export function jobAction<const N extends string>({ summary, name, detail, isDone, commit, verify }: JobAction<N>) {
  const verb = name.slice(name.indexOf('.') + 1);
  return action({
    summary,
    name,
    scope: 'core',
    input: z.object({ id: uuidSchema }),
    output: jobInfoSchema,
    errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
    permissions: ['library.write'],
    preview({ jobs }, { id }) {
      const job = jobs.info(id);
      const done = isDone(job);
      return {
        plan: {
          summary: `${verb} ${job.kind}: ${job.subject}`,
          steps: done ? [] : [{ what: verb, target: job.subject, detail }],
          conflicts: [],
          warnings: done ? [`nothing to do: the job is ${job.state}`] : [],
        },
        // A job moves on by itself; only its end makes the plan meaningless.
        basis: { job: job.id, ended: isEnd(job.state) },
      };
    },
    commit: ({ jobs }, { id }) => commit(jobs, id),
    verify: ({ jobs }, { id }) => observed([...verify(jobs.info(id))]),
  });
}

export function refuseEnded({ state }: JobInfo): void {
  if (isEnd(state)) throw new SdError('CONFLICT', `the job has ended already: ${state}`, { state });
}

/** The state as observed; one that is on its way out of `running` is said so. */
export function seenState(job: JobInfo): string {
  if (job.stopping) return `${job.state}, asked to ${job.stopping}`;
  return job.next_try_at === undefined ? job.state : `waiting: ${job.error?.message ?? ''}`;
}
