import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choices, flag, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { jobProgress } from '../../progress/job-line.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import type { JobInfo } from '../../wire.ts';

const KINDS = ['facts', 'thumbnail_256', 'thumbnail_1024', 'strip', 'text'] as const;

interface Made {
  readonly read: number;
  readonly made: number;
  readonly failed: number;
  readonly unread: number;
}

export const sidecarMake = command({
  name: 'sidecar make',
  summary: 'Make thumbnails, read media facts and take the text of documents',
  details: [
    'Locations of the mode "deep" get theirs by themselves. What is there already is not made again; one file of each content is read, for all its copies.',
  ],
  arguments: { path: optional('a file, by path or address; all deep locations if left out', 'path') },
  options: {
    location: text('LOCATION', 'all files of this location, whatever its mode', { complete: 'location' }),
    kind: choices('KIND', KINDS, 'only these, e.g. facts,text', { short: 'k' }),
    retry: flag('also what failed before'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [
    ['sd sidecar make photo.heic', 'thumbnails and facts of one file'],
    ['sd sidecar make --location Pictures --retry', 'a whole location, with what failed before'],
  ],
  calls: ['action:sidecars.make', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { path }, { location, kind, retry, noWait }) {
    if (path !== undefined && location !== undefined) throw usage('either a file or a location');
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'sidecars.make',
      input: {
        ...(path === undefined ? {} : { path: addressOf(path) }),
        ...(location === undefined ? {} : { location: locationOf(location) }),
        ...(kind ? { kinds: kind } : {}),
        ...(retry ? { retry } : {}),
      },
    });
    if (!started) return;
    if (noWait) return sd.out.remark(`they are being made: sd job info ${started.job.id}`);
    const progress = jobProgress(sd.out);
    const job = await followJob(sd, started.job, progress.show).finally(progress.end);
    completed(job, {
      whatStays: 'Stopped. What was made so far stays.',
      wayOut: 'sd sidecar make goes on with the rest',
    });
    if (sd.out.json) return;
    const { read, made, failed, unread } = job.result as Made;
    await sd.out.print(`${sd.out.colors.green('✓')} ${count(read, 'file')} read: ${count(made, 'sidecar')} made`);
    if (failed + unread > 0)
      sd.out.remark(
        `${count(failed, 'sidecar')} failed, ${count(unread, 'file')} not readable now: sd job info ${job.id}`,
      );
  },
});
