import { command } from '../../declare/command.ts';
import { choices, text } from '../../declare/option.ts';
import { formatAgo } from '../../format/date.ts';
import { formatDuration } from '../../format/duration.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { type Cell, table } from '../../output/table.ts';
import { phaseFacts, phaseName, phaseShare, shareText } from '../../progress/phases.ts';
import { shortId } from '../../shared/jobs.ts';
import { findLibrary } from '../../shared/library.ts';
import type { JobInfo } from '../../wire.ts';

const STATES = ['queued', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;

export const jobList = command({
  name: 'job list',
  summary: 'List the jobs',
  arguments: {},
  options: {
    state: choices('STATE', STATES, `only those that are ${STATES.join(', ')}`),
    kind: text('KIND', 'only of this kind, e.g. locations.index'),
  },
  examples: [['sd job list --state running,queued', 'what goes on']],
  calls: ['query:jobs.list', 'query:libraries.list'],
  async run(sd, _args, { state, kind }) {
    const daemon = await sd.daemon();
    const library = sd.globals.library === undefined ? undefined : await findLibrary(sd, sd.globals.library);
    const answer = await daemon.call('query:jobs.list', {
      ...(state ? { states: state } : {}),
      ...(kind ? { kind } : {}),
      ...(library ? { library_id: library.id } : {}),
    });
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.jobs.length === 0) return sd.out.remark('no jobs');
    const { dim, green, red, yellow } = sd.out.colors;
    const paint = { queued: dim, running: green, paused: yellow, completed: dim, failed: red, cancelled: yellow };
    const rows = answer.jobs.map((job): Cell[] => [
      { text: shortId(job.id), paint: dim },
      { text: job.state, paint: paint[job.state] },
      job.kind,
      printable(job.subject),
      formatAgo(job.started_at ?? job.created_at),
      printable(progressText(job)),
    ]);
    const columns = [
      { title: 'Job' },
      { title: 'State' },
      { title: 'Kind' },
      { title: 'Subject', shrink: 'end' },
      { title: 'Started' },
      { title: 'Progress', shrink: 'end' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: dim }));
  },
});

function progressText(job: JobInfo): string {
  if (job.state === 'completed') {
    const problems = job.problems ? `, ${count(job.problems.count, 'problem')}` : '';
    return `took ${formatDuration((job.ended_at ?? 0) - (job.started_at ?? 0))}${problems}`;
  }
  if (job.error && job.next_try_at === undefined) return job.error.message;
  if (job.state === 'cancelled') return '';
  const share = phaseShare(job);
  const how = job.state === 'queued' || share === undefined ? '' : ` ${shareText(share)}`;
  return `${phaseName(job)}${how}: ${phaseFacts(job).join(', ')}`;
}
