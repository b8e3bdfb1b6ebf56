import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { ScanResult } from '../wire.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { Output } from './output.ts';

const MOST_PROBLEMS = 5;

/** One line: what is there, and how long it took. */
export function scanTotals(scan: ScanResult): string {
  const rate =
    scan.duration_ms >= 100
      ? `, ${formatNumber(((scan.files + scan.folders) / scan.duration_ms) * 1000)} entries/s`
      : '';
  return `${count(scan.files, 'file')}, ${count(scan.folders, 'folder')}, ${formatSize(scan.bytes)} in ${formatDuration(scan.duration_ms)}${rate}`;
}

/** What has changed, since the user last asked where that is known: `12 new, 3 changed`, or `nothing`. */
export function scanChanges(scan: ScanResult): string {
  const { added, modified, moved, removed } = scan.since ?? scan;
  const parts = [
    [added, 'new'],
    [modified, 'changed'],
    [moved, 'moved'],
    [removed, 'gone'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${formatNumber(number)} ${word}`);
  return said.length > 0 ? said.join(', ') : 'nothing';
}

/** What was left out and what could not be read; nothing where all went well. */
export function scanProblems(scan: ScanResult, out: Output, location: string): string[] {
  const { dim, yellow } = out.colors;
  const lines: string[] = [];
  if (scan.left_out > 0)
    lines.push(
      dim(`${count(scan.left_out, 'entry', 'entries')} left out by rules: sd location rules ${shellWord(location)}`),
    );
  if (scan.held)
    lines.push(
      yellow(
        `${count(scan.held, 'entry', 'entries')} are gone from the disk, too many to forget without a word: sd location info ${shellWord(location)}`,
      ),
    );
  if (scan.vanished > 0)
    lines.push(dim(`${count(scan.vanished, 'entry', 'entries')} went away while they were looked at`));
  if (scan.unreadable > 0)
    lines.push(yellow(`${count(scan.unreadable, 'entry', 'entries')} could not be read; what was known of them stays`));
  for (const problem of scan.problems.slice(0, MOST_PROBLEMS))
    lines.push(dim(`  ${printable(problem.path)}: ${printable(problem.reason)}`));
  const more = scan.problems.length - MOST_PROBLEMS;
  if (more > 0) lines.push(dim(`  and ${more} more: sd location info ${shellWord(location)}`));
  return lines;
}
