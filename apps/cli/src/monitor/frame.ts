import { formatDuration } from '../format/duration.ts';
import { count } from '../format/number.ts';
import { printable, truncate, truncateMiddle, width } from '../format/text.ts';
import type { Colors } from '../output/colors.ts';
import { barAndFacts } from '../progress/bar.ts';
import { phaseFacts, phaseName, phaseShare } from '../progress/phases.ts';
import type { JobInfo } from '../wire.ts';
import type { JobBoard } from './job-board.ts';

const BAR = 24;
/** Below this there is no room for a bar beside its numbers. */
const NARROW = 60;

interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly colors: Colors;
}

/** The picture of all jobs, in no more lines than the screen has. */
export function drawBoard(board: JobBoard, screen: Screen): string[] {
  const { bold, dim } = screen.colors;
  const { goingOn, ended } = board;
  const states = (['running', 'queued', 'paused'] as const)
    .map((state) => ({ state, jobs: goingOn.filter((job) => job.state === state).length }))
    .filter(({ jobs }) => jobs > 0)
    .map(({ state, jobs }) => `${jobs} ${state === 'queued' ? 'waiting' : state}`);
  const head = `${bold('Jobs')}  ${states.length > 0 ? states.join(', ') : dim('none is going on')}`;
  const foot = dim(truncate('Ctrl-C leaves; the jobs go on', screen.columns));
  const blocks = [...goingOn.map((job) => blockOf(job, screen)), ...ended.map((job) => [endLine(job, screen)])];
  // Without head and foot, and the line below that the cursor stands in.
  const room = screen.rows - 5;
  const shown: string[] = [];
  let left = blocks.length;
  for (const block of blocks) {
    // The last line is kept for how many there are more, unless this is the last.
    if (shown.length + block.length > room - (left > 1 ? 1 : 0)) break;
    shown.push(...block);
    left--;
  }
  const more = left > 0 ? [dim(`and ${count(left, 'more job')}`)] : [];
  return [head, '', ...shown, ...more, '', foot];
}

function blockOf(job: JobInfo, screen: Screen): string[] {
  const { bold, dim, red, yellow } = screen.colors;
  const mark = { running: screen.colors.green('●'), paused: yellow('‖'), queued: dim('○') }[
    job.state as 'running' | 'paused' | 'queued'
  ];
  const name = job.stopping ? (job.stopping === 'pause' ? 'Pausing' : 'Stopping') : phaseName(job);
  const title = `${name}  ${printable(job.subject)}`;
  const kind = `  ${job.kind}${job.priority === 'normal' ? '' : `, ${job.priority}`}`;
  const problems = job.problems ? `  ${count(job.problems.count, 'problem')}` : '';
  const cut = truncate(title, screen.columns - 2);
  const room = screen.columns - 2 - width(cut);
  const withKind = width(kind) <= room ? dim(kind) : '';
  const withProblems = width(kind) + width(problems) <= room ? red(problems) : '';
  const line = `${mark} ${bold(cut)}${withKind}${withProblems}`;
  if (job.state !== 'running') return [line, dim(truncate(`  ${phaseFacts(job).join(' · ')}`, screen.columns))];
  const { detail } = job.progress;
  return [
    line,
    progressLine(job, screen),
    dim(`  ${truncateMiddle(printable(detail ?? ''), screen.columns - 2)}`.trimEnd()),
  ];
}

function progressLine(job: JobInfo, { columns, colors }: Screen): string {
  const share = columns >= NARROW ? phaseShare(job) : undefined;
  return `  ${barAndFacts(job, share, { columns: columns - 2, bar: BAR, colors })}`.trimEnd();
}

function endLine(job: JobInfo, { columns, colors }: Screen): string {
  const took = formatDuration((job.ended_at ?? 0) - (job.started_at ?? job.ended_at ?? 0));
  const problems = job.problems ? `, ${count(job.problems.count, 'problem')}` : '';
  const how = job.error
    ? `${job.state}: ${printable(job.error.message)}`
    : `${job.state}${job.started_at === undefined ? '' : ` after ${took}`}${problems}`;
  const [mark, paint] = {
    completed: ['✓', colors.green] as const,
    failed: ['✗', colors.red] as const,
    cancelled: ['–', colors.yellow] as const,
  }[job.state as 'completed' | 'failed' | 'cancelled'];
  return `${paint(mark)} ${truncate(`${printable(job.subject)}  ${job.kind}  ${how}`, columns - 2)}`;
}
