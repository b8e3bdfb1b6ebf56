import type { Colors } from '../output/colors.ts';
import { truncate, width } from '../format/text.ts';
import type { JobInfo } from '../wire.ts';
import { phaseFacts, shareText } from './phases.ts';

/** What follows a bar: the share in percent, with the space around it. */
const SHARE_COLUMNS = 8;

/** A bar of so many columns for a share that is known, then as many facts of the job's phase as have room in all. */
export function barAndFacts(
  job: JobInfo,
  share: number | undefined,
  { columns, bar, colors }: { columns: number; bar: number; colors: Pick<Colors, 'cyan' | 'dim'> },
): string {
  let left = columns;
  let drawn = '';
  if (share !== undefined) {
    const filled = Math.round(share * bar);
    drawn = `${colors.cyan('━'.repeat(filled))}${colors.dim('─'.repeat(bar - filled))} ${shareText(share).padStart(5)}  `;
    left -= bar + SHARE_COLUMNS;
  }
  const shown: string[] = [];
  for (const fact of phaseFacts(job)) {
    const needs = width(fact) + (shown.length > 0 ? 3 : 0);
    // Something is better than nothing: why it waits may be longer than the line.
    if (needs > left && shown.length === 0 && left > 0) shown.push(truncate(fact, left));
    if (needs > left) break;
    shown.push(fact);
    left -= needs;
  }
  return `${drawn}${shown.join(' · ')}`;
}
