import { act } from '../../daemon/act.ts';
import { completed, followJob } from '../../daemon/follow.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { jobProgress } from '../../progress/job-line.ts';
import type { JobInfo } from '../../wire.ts';

interface Swept {
  readonly contents: number;
  readonly files: number;
  readonly bytes: number;
  readonly texts: number;
}

export const sidecarSweep = command({
  name: 'sidecar sweep',
  summary: 'Remove thumbnails, facts and texts of contents that are gone',
  arguments: {},
  options: {},
  examples: [['sd sidecar sweep --dry-run', 'says what it would do']],
  calls: ['action:sidecars.sweep', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  async run(sd) {
    const started = await act<{ job: JobInfo }>(sd, { action: 'sidecars.sweep', input: {} });
    if (!started) return;
    const progress = jobProgress(sd.out);
    const job = await followJob(sd, started.job, progress.show).finally(progress.end);
    completed(job, { whatStays: 'Stopped. What was removed is removed.', wayOut: 'sd sidecar sweep goes on' });
    if (sd.out.json) return;
    const { contents, files, bytes, texts } = job.result as Swept;
    await sd.out.print(
      `${sd.out.colors.green('✓')} ${count(contents, 'content')} gone: ${count(files, 'file')} (${formatSize(bytes)}) and ${count(texts, 'text')} removed`,
    );
  },
});
