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

export const tagImport = command({
  name: 'tag import',
  summary: 'Take over tags, ratings and notes that other programs wrote',
  details: [
    'From XMP sidecar files or extended attributes. Tags that do not exist are made; a rating or note of yours stays.',
  ],
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    from: choices('xmp,attributes', ['xmp', 'attributes'], 'where from; sidecars if left out'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [['sd tag import --find "type:image" --from xmp,attributes', 'of all pictures']],
  calls: ['action:tags.import', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { paths }, { find, from, noWait }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'tags.import',
      input: { targets: targetsOf(paths, find), from: from ?? ['xmp'] },
    });
    if (!started) return;
    if (noWait) return sd.out.remark(`under way: sd job info ${started.job.id}`);
    const progress = jobProgress(sd.out);
    const job = await followJob(sd, started.job, progress.show).finally(progress.end);
    if (sd.out.json) await sd.out.printJson(job);
    completed(job, { whatStays: 'Stopped. What was done until then stays.' });
    const result = job.result as TravelResult;
    done(
      sd,
      `${count(result.carried, 'file')} said something: ${count(result.tagged, 'tag')} given, ${count(result.created, 'tag')} made`,
    );
    for (const { item, reason } of job.problems?.named ?? [])
      sd.out.complain(`${printable(item)}: ${printable(reason)}`);
    return job.problems?.count ? 1 : 0;
  },
});
