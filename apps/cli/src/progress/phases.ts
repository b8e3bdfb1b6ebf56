import { formatClock } from '../format/duration.ts';
import { count, formatNumber, percent } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import type { JobInfo } from '../wire.ts';

/** What a phase of a job is called for people. */
const NAMES: Readonly<Record<string, string>> = {
  discover: 'Looking for files',
  classify: 'Writing the index',
  extract: 'Reading contents',
  thumbnail: 'Making thumbnails',
  cleanup: 'Tidying up',
  verify: 'Comparing contents',
};

export function phaseName(phase: string): string {
  return (
    NAMES[phase] ?? (phase === '' ? 'Waiting' : phase.charAt(0).toUpperCase() + phase.slice(1).replaceAll('_', ' '))
  );
}

/** How far the phase is, in the order of what matters; a narrow line loses from the end. */
export function phaseFacts(job: JobInfo): string[] {
  const { done, total, bytes, bytes_total: bytesTotal, rate, remaining_ms: remaining } = job.progress;
  if (job.state === 'queued') return ['waiting for its turn'];
  const facts = [total === undefined ? count(done, 'file') : `${formatNumber(done)} of ${count(total, 'file')}`];
  if (bytesTotal !== undefined) facts.push(`${formatSize(bytes)} of ${formatSize(bytesTotal)}`);
  else if (bytes > 0) facts.push(formatSize(bytes));
  if (rate >= 1) facts.push(`${formatNumber(rate)} files/s`);
  if (remaining !== undefined && total !== undefined) facts.push(`${formatClock(remaining)} left`);
  return facts;
}

/** Done of the phase between 0 and 1; by bytes where they are known, since big files take longer. */
export function phaseShare(job: JobInfo): number | undefined {
  const { done, total, bytes, bytes_total: bytesTotal } = job.progress;
  const shares = [total ? done / total : undefined, bytesTotal ? bytes / bytesTotal : undefined].filter(
    (share) => share !== undefined,
  );
  return shares.length > 0 ? Math.min(1, ...shares) : undefined;
}

export function shareText(share: number): string {
  return percent(Math.round(share * 1000), 1000);
}
