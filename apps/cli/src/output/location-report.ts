import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { LocationReport } from '../wire.ts';
import type { Output } from './output.ts';

const MOST_SHOWN = 10;

const SORTS = [
  ['missing', 'in the index and not on the disk'],
  ['unindexed', 'on the disk and not in the index'],
  ['changed', 'not as they were indexed'],
  ['unreadable', 'could not be looked at'],
  ['corrupt', 'corrupt: other bytes, the same size and time'],
] as const;

/** What a verification of a location found, for people. */
export function reportLines(report: LocationReport, out: Output, name: string): string[] {
  const { bold, dim, green, red, yellow } = out.colors;
  const lines: string[] = [];
  for (const [sort, what] of SORTS) {
    if (report[sort] === 0) continue;
    const mark = sort === 'corrupt' || sort === 'unreadable' ? red('✗') : yellow('!');
    lines.push(`${mark} ${bold(formatNumber(report[sort]))} ${what}`);
    for (const { path, reason } of report.named[sort].slice(0, MOST_SHOWN))
      lines.push(`  ${printable(path)}${dim(`  ${printable(reason)}`)}`, ...copiesOf(report, sort, path, out));
    const more = report.named[sort].length - MOST_SHOWN;
    if (more > 0) lines.push(dim(`  and more; --json names the first ${report.named[sort].length}`));
  }
  if (report.folder_times > 0)
    lines.push(`${yellow('!')} ${bold(count(report.folder_times, 'folder'))} with another time than in the index`);
  if (report.agrees) lines.push(`${green('✓')} ${bold(printable(name))}: disk and index agree`);
  lines.push(dim(looked(report)), ...wayOut(report, out, name));
  return lines;
}

function copiesOf(report: LocationReport, sort: string, path: string, out: Output): string[] {
  if (sort !== 'corrupt') return [];
  const copies = report.named.corrupt.find((one) => one.path === path)?.copies ?? [];
  if (copies.length === 0) return [out.colors.dim('    no other copy that is right is known')];
  return copies.map((copy) => out.colors.dim(`    still right: ${printable(copy)}`));
}

function looked({ files, folders, bytes, contents, duration_ms: took }: LocationReport): string {
  const seen = `Looked at ${count(files, 'file')}, ${count(folders, 'folder')}, ${formatSize(bytes)}`;
  if (!contents) return `${seen} in ${formatDuration(took)}`;
  const aside = [
    contents.skipped > 0 ? `${formatNumber(contents.skipped)} had changed` : '',
    contents.unidentified > 0 ? `of ${formatNumber(contents.unidentified)} no hash is known` : '',
  ].filter(Boolean);
  return `${seen}; compared ${count(contents.files, 'file')} by hash, ${formatSize(contents.bytes)} read, in ${formatDuration(took)}${aside.length > 0 ? ` (${aside.join(', ')})` : ''}`;
}

function wayOut(report: LocationReport, out: Output, name: string): string[] {
  const { repair } = report;
  const again = `sd location verify ${shellWord(name)}`;
  if (repair) {
    const did = [
      repair.whole ? 'reads the whole location anew' : `reads ${count(repair.folders, 'folder')} anew`,
      repair.contents > 0 ? `takes ${count(repair.contents, 'corrupt file')} as found` : '',
      repair.left > 0 ? `leaves ${count(repair.left, 'corrupt file')}: repair again` : '',
    ].filter(Boolean);
    return repair.job ? [`→ the repair ${did.join(', ')}`] : [];
  }
  const stale = report.missing + report.unindexed + report.changed + report.folder_times > 0;
  return [
    ...(stale ? [`→ ${out.colors.bold(`${again} --repair`)} reads just these anew`] : []),
    ...(report.corrupt > 0
      ? ['→ restore corrupt files from a copy or a backup; --content --repair takes them as they are']
      : []),
  ];
}
