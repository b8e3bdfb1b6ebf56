import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { size } from '../../declare/option.ts';
import { speedText } from '../../output/volume.ts';
import { jobProgress } from '../../progress/job-line.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { JobInfo, VolumeSpeed } from '../../wire.ts';

export const volumeSpeedTest = command({
  name: 'volume speed-test',
  summary: 'Measure how fast a disk is written and read',
  details: [
    'Writes one temporary file of ours, waits until it is on the disk, reads it back past the system’s memory where the system lets us, and removes it. The result says which it was.',
  ],
  arguments: { volume: required('the volume, by name, id or mount path', 'volume') },
  options: { size: size('how large a file; 256 MiB if left out, at most half of what is free') },
  examples: [['sd volume speed-test Backup', 'takes some seconds']],
  calls: ['action:volumes.speed_test', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd, { volume }, { size: bytes }) {
    const started = await act<{ job: JobInfo }>(sd, {
      action: 'volumes.speed_test',
      input: { volume, ...(bytes === undefined ? {} : { bytes }) },
    });
    if (!started) return;
    const progress = jobProgress(sd.out);
    const ended = await followJob(sd, started.job, progress.show).finally(progress.end);
    if (sd.out.json) await sd.out.printJson(ended);
    completed(ended, {
      whatStays: 'Stopped. The temporary file is removed.',
      wayOut: `sd volume speed-test ${shellWord(volume)}`,
    });
    if (!sd.out.json) await sd.out.print(speedText(ended.result as VolumeSpeed));
  },
});
