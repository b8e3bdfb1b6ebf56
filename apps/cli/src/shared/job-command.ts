import { act } from '../daemon/act.ts';
import { optional } from '../declare/argument.ts';
import { command } from '../declare/command.ts';
import { printable } from '../format/text.ts';
import type { JobInfo } from '../wire.ts';
import { findJob, isGoingOn } from './jobs.ts';
import { done } from './library.ts';

interface JobCommand<V extends string> {
  /** Of `sd job VERB` and `jobs.VERB`. */
  readonly verb: V;
  readonly summary: string;
  readonly details?: readonly string[];
  /** The jobs it can be meant for where none is named. */
  readonly among?: (job: JobInfo) => boolean;
  /** What is said of the job as it is then. */
  said(job: JobInfo): string;
}

/** A command that does something to one job: they differ by a verb. */
export function jobCommand<const V extends string>({ verb, summary, details, among, said }: JobCommand<V>) {
  return command({
    name: `job ${verb}`,
    summary,
    ...(details ? { details } : {}),
    arguments: { job: optional('its id or the end of it; may be left out where only one can be meant', 'job') },
    options: {},
    examples: [],
    calls: [`action:jobs.${verb}`, 'query:jobs.list', 'query:jobs.info'],
    async run(sd, { job: typed }) {
      const { id } = await findJob(await sd.daemon(), typed, among ?? isGoingOn);
      const job = await act<JobInfo>(sd, { action: `jobs.${verb}`, input: { id } });
      if (job) done(sd, `${job.kind} of "${printable(job.subject)}": ${said(job)}`);
    },
  });
}
