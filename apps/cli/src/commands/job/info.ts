import { completed, followJob } from '../../daemon/follow.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { formatDate } from '../../format/date.ts';
import { formatDuration } from '../../format/duration.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { drawLogLine } from '../../logs/record.ts';
import type { Output } from '../../output/output.ts';
import { facts } from '../../output/table.ts';
import { scanChanges, scanTotals } from '../../output/scan.ts';
import { jobProgress } from '../../progress/job-line.ts';
import { phaseFacts, phaseName } from '../../progress/phases.ts';
import { findJob, shortId } from '../../shared/jobs.ts';
import type { JobInfo, ScanResult } from '../../wire.ts';

export const jobInfo = command({
  name: 'job info',
  summary: 'Show a job, or follow it to its end',
  details: ['Ctrl-C while following leaves the job as it is.'],
  arguments: { job: optional('its id or the end of it; may be left out where one job is going on', 'job') },
  options: {
    follow: flag('show its progress until it has ended', { short: 'f' }),
    log: flag('with the last lines of its log'),
  },
  examples: [['sd job info -f', 'watch the one that is going on']],
  calls: ['query:jobs.info', 'query:jobs.list'],
  async run(sd, { job: typed }, { follow, log }) {
    const daemon = await sd.daemon();
    let job = await findJob(daemon, typed);
    if (follow) {
      const progress = jobProgress(sd.out);
      job = await followJob(sd, job, progress.show, { cancels: false }).finally(progress.end);
    }
    if (log) job = await daemon.call('query:jobs.info', { id: job.id, log });
    if (sd.out.json) await sd.out.printJson(job);
    else await sd.out.print(...jobLines(job, sd.out));
    if (follow) completed(job, { whatStays: 'The job was cancelled; what it had done stays.' });
  },
});

function jobLines(job: JobInfo, out: Output): string[] {
  const scan =
    job.kind === 'locations.index' && job.state === 'completed' ? (job.result as ScanResult | undefined) : undefined;
  const until = job.ended_at ?? Date.now();
  const { problems, log = [] } = job;
  return [
    ...facts(
      [
        ['Job', job.id],
        ['Kind', job.kind],
        ['Subject', printable(job.subject)],
        ['State', job.error ? `${job.state}: ${printable(job.error.message)}` : job.state],
        ['Way out', job.error?.way_out === undefined ? undefined : printable(job.error.way_out)],
        ['Priority', job.priority],
        ['After', job.after?.map(shortId).join(', ')],
        ['Next try', job.next_try_at === undefined ? undefined : `${formatDate(job.next_try_at)}, ${attempts(job)}`],
        [
          'Progress',
          job.state === 'running' || job.state === 'paused'
            ? `${phaseName(job)}: ${phaseFacts(job).join(', ')}`
            : undefined,
        ],
        ['Found', scan ? scanTotals(scan) : undefined],
        ['Changes', scan ? scanChanges(scan) : undefined],
        ['Problems', problems ? count(problems.count, 'item') : undefined],
        ['Queued', formatDate(job.created_at)],
        ['Started', job.started_at === undefined ? undefined : formatDate(job.started_at)],
        ['Ended', job.ended_at === undefined ? undefined : formatDate(job.ended_at)],
        ['Took', job.started_at === undefined ? undefined : formatDuration(until - job.started_at)],
      ],
      out.colors.dim,
    ),
    ...(problems?.named.map(({ item, reason }) => `  ${printable(item)}: ${printable(reason)}`) ?? []),
    ...(log.length > 0 ? ['', ...log.map((line) => drawLogLine(line, out))] : []),
  ];
}

function attempts({ attempts: failed = 0 }: JobInfo): string {
  return `after ${count(failed, 'failure')}`;
}
