import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choices, flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { jobProgress } from '../../progress/job-line.ts';
import { done } from '../../shared/library.ts';
import { TARGETS, targetsOf } from '../../shared/tags.ts';
import type { JobInfo, TravelResult } from '../../wire.ts';

export const tagExport = command({
  name: 'tag export',
  summary: 'Write tags, ratings and notes to files, for other programs',
  details: [
    'Into XMP sidecar files beside them (name.jpg.xmp), or as extended attributes of theirs, as KDE and the Finder keep them. What others wrote there stays. Private tags stay at home unless --private.',
  ],
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    to: choices('xmp,attributes', ['xmp', 'attributes'], 'where to; sidecars if left out'),
    private: flag('also private tags'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [['sd tag export ~/Pictures/*.jpg --to xmp', 'sidecars beside the pictures']],
  calls: ['action:tags.export', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { paths }, { find, to, private: all, noWait }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'tags.export',
      input: { targets: targetsOf(paths, find), to: to ?? ['xmp'], private: all },
    });
    if (!started) return;
    if (noWait) return sd.out.remark(`under way: sd job info ${started.job.id}`);
    const progress = jobProgress(sd.out);
    const job = await followJob(sd, started.job, progress.show).finally(progress.end);
    if (sd.out.json) await sd.out.printJson(job);
    completed(job, { whatStays: 'Stopped. What was done until then stays.' });
    const result = job.result as TravelResult;
    done(sd, `${count(result.carried, 'file')} written to`);
    for (const { item, reason } of job.problems?.named ?? [])
      sd.out.complain(`${printable(item)}: ${printable(reason)}`);
    return job.problems?.count ? 1 : 0;
  },
});
