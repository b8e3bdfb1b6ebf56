import { formatClock } from '../format/duration.ts';
import { count, formatNumber, percent } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { JobInfo } from '../wire.ts';

interface Phase {
  readonly now: string;
  /** Once it is over; without it nobody needs to be told. */
  readonly over?: string;
  /** What was done to so many. */
  readonly done?: string;
  readonly unit: readonly [one: string, many: string];
}

const FILES = ['file', 'files'] as const;
const ENTRIES = ['entry', 'entries'] as const;

const PHASES: Readonly<Record<string, Phase>> = {
  discover: { now: 'Looking for files', over: 'Looked for files', done: 'found', unit: ENTRIES },
  classify: { now: 'Writing the index', over: 'Wrote the index', done: 'indexed', unit: ENTRIES },
  extract: { now: 'Reading contents', over: 'Read contents', done: 'read', unit: FILES },
  cleanup: { now: 'Tidying up', unit: ENTRIES },
  compare: { now: 'Comparing with the disk', over: 'Compared with the disk', done: 'compared', unit: ENTRIES },
  confirm: { now: 'Looking at differences again', unit: ['folder', 'folders'] },
  contents: { now: 'Comparing contents', over: 'Compared contents', done: 'compared', unit: FILES },
  repair: { now: 'Repairing', unit: ENTRIES },
  export: { now: 'Writing', over: 'Wrote the file', done: 'wrote', unit: ENTRIES },
  sweep: { now: 'Forgetting', done: 'forgot', unit: ENTRIES },
  'finding candidates': { now: 'Finding candidates', unit: FILES },
  hashing: { now: 'Comparing contents', over: 'Compared contents', done: 'compared', unit: FILES },
};

/** A job that carries out a plan is called after what it does: `Copy "a" to /b`. */
const AT_WORK: Readonly<Record<string, string>> = {
  Copy: 'Copying',
  Move: 'Moving',
  Rename: 'Renaming',
  Delete: 'Deleting',
  Bring: 'Bringing back',
};
const CARRY_OUT = 'carry out';

function phaseOf(job: JobInfo): Phase {
  const { phase } = job.progress;
  if (phase === CARRY_OUT)
    return { now: AT_WORK[job.subject.split(' ', 1)[0] ?? ''] ?? 'Working', unit: ['step', 'steps'] };
  const word = printable(phase.charAt(0).toUpperCase() + phase.slice(1).replaceAll('_', ' '));
  return PHASES[phase] ?? { now: word, unit: ENTRIES };
}

/** What it does now: `Reading contents`; `Waiting` while it does nothing. */
export function phaseName(job: JobInfo): string {
  return job.state === 'running' ? phaseOf(job).now : job.state === 'paused' ? 'Paused' : 'Waiting';
}

/** How far the phase is, in the order of what matters; a narrow line loses from the end. */
export function phaseFacts(job: JobInfo): string[] {
  const { done, total, bytes, bytes_total: bytesTotal, rate, remaining_ms: remaining } = job.progress;
  if (job.state === 'queued') return whyQueued(job);
  if (job.error) return [printable(job.error.message)];
  const [one, many] = phaseOf(job).unit;
  const facts: string[] = [];
  if (total !== undefined) facts.push(`${formatNumber(done)} of ${count(total, one, many)}`);
  else if (done > 0) facts.push(count(done, one, many));
  if (bytesTotal !== undefined) facts.push(`${formatSize(bytes)} of ${formatSize(bytesTotal)}`);
  else if (bytes > 0) facts.push(formatSize(bytes));
  if (rate >= 1) facts.push(`${formatNumber(rate)} ${many}/s`);
  if (remaining !== undefined && total !== undefined && done < total) facts.push(`${formatClock(remaining)} left`);
  return facts;
}

function whyQueued({ error, next_try_at: nextTry, after }: JobInfo): string[] {
  if (error && nextTry !== undefined)
    return [printable(error.message), `next try in ${formatClock(nextTry - Date.now())}`];
  return [after ? `for ${count(after.length, 'other job')}` : 'it is not its turn yet'];
}

/** What a job waits for to pass, and what a person can do about it; `undefined` where it waits for nothing of the kind. */
export function whatIsWaitedFor({ state, error, next_try_at: nextTry }: JobInfo): string[] | undefined {
  if (state !== 'queued' || !error || nextTry === undefined) return undefined;
  return [printable(error.message), ...(error.way_out === undefined ? [] : [`  → ${printable(error.way_out)}`])];
}

/** A phase in the past tense: `Read contents`. Without numbers: the last picture of a phase is not its end. */
export function phaseOver(job: JobInfo): string | undefined {
  return phaseOf(job).over;
}

/** How far a job came that has ended: `read 46,298 files, 459 MB`. `undefined` where it is not worth a word. */
export function phaseOutcome(job: JobInfo): string | undefined {
  const { done, bytes } = job.progress;
  const { done: verb, unit } = phaseOf(job);
  if (verb === undefined || done === 0) return undefined;
  return `${verb} ${count(done, ...unit)}${bytes > 0 ? `, ${formatSize(bytes)}` : ''}`;
}

/** Done of the phase between 0 and 1; by bytes where they are known, since big files take longer. */
export function phaseShare(job: JobInfo): number | undefined {
  const { phase, done, total, bytes, bytes_total: bytesTotal } = job.progress;
  // One large file is one step, and may be all there is to copy.
  if (phase === CARRY_OUT && bytesTotal) return Math.min(1, bytes / bytesTotal);
  const known = [total ? done / total : undefined, bytesTotal ? bytes / bytesTotal : undefined];
  const shares = known.filter((share) => share !== undefined);
  return shares.length > 0 ? Math.min(1, ...shares) : undefined;
}

export function shareText(share: number): string {
  return percent(Math.round(share * 1000), 1000);
}
