import { formatAgo, formatDate } from '../format/date.ts';
import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import { kindLines } from '../output/kind-table.ts';
import { scanChanges, scanProblems, scanTotals } from '../output/scan.ts';
import { facts } from '../output/table.ts';
import type { Sd } from '../sd.ts';
import { kindName } from '../shared/kinds.ts';
import { asTyped } from '../shared/typed.ts';
import type { LibraryStatistics, LibrarySummary } from '../wire.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { TakenFolder } from './folder.ts';

/** What a newcomer wants to know at the end: what is there, what changed, and what to do next. */
export async function summarize(sd: Sd, library: LibrarySummary, taken: readonly TakenFolder[]): Promise<void> {
  const daemon = await sd.daemon();
  const statistics = await daemon.call('query:library.statistics', { library: library.id });
  if (sd.out.json) return sd.out.printJson(statistics);
  const { bold, dim, green } = sd.out.colors;
  for (const { location, scan } of taken) {
    await sd.out.print('', `${green('✓')} ${bold(printable(location.name))}  ${scanTotals(scan)}`);
    if (scan.since)
      await sd.out.print(
        `  Since ${formatDate(scan.since.at)} (${formatAgo(scan.since.at)}): ${bold(scanChanges(scan))}`,
      );
    const problems = scanProblems(scan, sd.out, location.name).map((line) => `  ${asTyped(line)}`);
    await sd.out.print(...problems);
  }
  const duration = taken.reduce((sum, one) => sum + one.scan.duration_ms, 0);
  await sd.out.print(
    '',
    bold(`Library "${printable(library.name)}"`),
    ...libraryLines(statistics, duration, dim),
    '',
    ...kindLines(statistics.kinds, sd.out, 8),
    '',
    bold('Next'),
    ...next(statistics, taken),
  );
}

function libraryLines(statistics: LibraryStatistics, duration: number, dim: (text: string) => string): string[] {
  const { duplicates } = statistics;
  const found =
    duplicates.groups > 0
      ? `${count(duplicates.files, 'file')} in ${count(duplicates.groups, 'group')} look the same; removing copies would free up to ${formatSize(duplicates.reclaimable_bytes)}`
      : 'none found';
  return facts(
    [
      ['Files', formatNumber(statistics.files)],
      ['Folders', formatNumber(statistics.folders)],
      ['Size', formatSize(statistics.bytes)],
      ['Duplicates', found],
      ['Time', formatDuration(duration)],
    ],
    dim,
  );
}

function next(statistics: LibraryStatistics, taken: readonly TakenFolder[]): string[] {
  const largest =
    statistics.kinds
      .filter((one) => one.files > 0 && one.kind !== 'folder' && one.kind !== 'unknown')
      .toSorted((a, b) => b.bytes - a.bytes)[0]?.kind ?? 'image';
  const folder = taken[0]?.location.native_path ?? '.';
  return facts([
    ['  sd find WORD', 'find by any part of a name'],
    [`  sd find -k ${largest} -s size`, `the largest of the kind ${kindName(largest)}`],
    [`  sd du ${shellWord(folder)}`, 'what takes the room'],
    ...(statistics.duplicates.groups > 0 ? ([['  sd dup', 'the duplicates, largest first']] as const) : []),
    ['  sd help', 'everything else'],
  ]).map((line) => asTyped(line));
}
