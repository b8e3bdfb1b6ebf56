import { act } from '../daemon/act.ts';
import { completed, followJob } from '../daemon/follow.ts';
import { any } from '../declare/argument.ts';
import type { OptionValues } from '../declare/command.ts';
import { choices, flag } from '../declare/option.ts';
import { printable } from '../format/text.ts';
import { jobProgress } from '../progress/job-line.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo, TravelResult } from '../wire.ts';
import { done } from './library.ts';
import { TARGETS, targetsOf } from './tags.ts';

export const TRAVELLERS = { paths: any('files and folders', 'path') };
export const TRAVEL_OPTIONS = { ...TARGETS, noWait: flag('do not wait until it is done') };

/** Where tags are beside the library. */
export function carriers(help: string) {
  return choices('xmp,attributes', ['xmp', 'attributes'], `${help}; sidecars if left out`);
}
export const DEFAULT_CARRIERS = ['xmp'];

export function travelCalls(action: Travel['action']): string[] {
  return [`action:${action}`, 'query:jobs.info', 'action:jobs.cancel'];
}

interface Travel {
  readonly action: 'tags.export' | 'tags.import';
  readonly paths: readonly string[];
  readonly options: OptionValues<typeof TRAVEL_OPTIONS>;
  /** What is asked beside the files. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What came of it, in a line. */
  readonly said: (result: TravelResult) => string;
}

/** Writes tags to files, or reads them there. Answers the exit code; none where there is nothing to wait for. */
export async function travel(sd: Sd, { action, paths, options, input, said }: Travel): Promise<number | undefined> {
  const targets = targetsOf(paths, options.find);
  const started = await act<{ job: JobInfo }>(sd, { action, input: { targets, ...input } });
  if (!started) return undefined;
  if (options.noWait) {
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
