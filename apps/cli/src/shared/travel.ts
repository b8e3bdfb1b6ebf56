import { act } from '../daemon/act.ts';
import { completed, followJob } from '../daemon/follow.ts';
import { printable } from '../format/text.ts';
import { jobProgress } from '../progress/job-line.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo, TravelResult } from '../wire.ts';
import { done } from './library.ts';

interface Travel {
  readonly action: 'tags.export' | 'tags.import';
  readonly input: Readonly<Record<string, unknown>>;
  readonly noWait: boolean;
  /** What came of it, in a line. */
  readonly said: (result: TravelResult) => string;
}

/** Writes tags to files, or reads them there. Answers the exit code; none where there is nothing to wait for. */
export async function travel(sd: Sd, { action, input, noWait, said }: Travel): Promise<number | undefined> {
  const started = await act<{ job: JobInfo }>(sd, { action, input });
  if (!started) return undefined;
  if (noWait) {
    sd.out.remark(`under way: sd job info ${started.job.id}`);
    return undefined;
  }
  const progress = jobProgress(sd.out);
  const job = await followJob(sd, started.job, progress.show).finally(progress.end);
  if (sd.out.json) await sd.out.printJson(job);
  completed(job, { whatStays: 'Stopped. What was done until then stays.' });
  done(sd, said(job.result as TravelResult));
  for (const { item, reason } of job.problems?.named ?? []) sd.out.complain(`${printable(item)}: ${printable(reason)}`);
  return job.problems?.count ? 1 : 0;
}
