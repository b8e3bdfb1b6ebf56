import { formatRoughly } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { Plan } from '../wire.ts';
import type { Colors } from './colors.ts';
import { type Column, table } from './table.ts';

/** A step as the plan has it, or as it is listed. */
interface Step {
  readonly what: string;
  readonly target: string;
  readonly source?: string | undefined;
  readonly detail?: string | undefined;
  readonly bytes?: number | undefined;
  readonly conflict?: string | undefined;
}

/** More are looked at with --all-steps. */
const MOST_STEPS = 20;
const MOST_CONFLICTS = 10;

/** The plan of a change of files, as a person reads it before they say yes. */
export function planLines(plan: Plan, colors: Colors, columns: number | undefined): string[] {
  const { bold, dim, yellow } = colors;
  const shown = plan.steps.slice(0, MOST_STEPS);
  const total = plan.totals?.steps ?? plan.steps.length;
  const lines = [bold(printable(plan.summary)), ...totalLines(plan).map((line) => `  ${line}`)];
  if (shown.length > 0) lines.push('', ...stepLines(shown, colors, columns, true));
  if (plan.steps.length > 0 && total > shown.length)
    lines.push(dim(`… and ${count(total - shown.length, 'more step')}; --dry-run --all-steps prints them all`));
  const conflicts = conflictLines(plan, colors);
  const warnings = plan.warnings.map((warning) => yellow(`! ${printable(warning)}`));
  if (conflicts.length + warnings.length > 0) lines.push('', ...conflicts, ...warnings);
  return lines;
}

/** Steps as a table; `titled`: with the names of its columns. */
export function stepLines(
  steps: readonly Step[],
  { bold, yellow, dim }: Colors,
  columns: number | undefined,
  titled: boolean,
): string[] {
  const withSource = steps.some(({ source, target }) => source !== undefined && source !== target);
  // Of a copy that goes, what stays; of what has two paths, they say enough.
  const withDetail = !withSource && steps.some(({ detail }) => detail !== undefined);
  const all: Column[] = [
    { title: 'Step' },
    { title: 'Size', align: 'right' },
    ...(withSource ? [{ title: 'From', shrink: 'middle', paint: dim } as const] : []),
    { title: withSource ? 'To' : 'Path', shrink: 'middle' },
    ...(withDetail ? [{ title: '', shrink: 'middle', paint: dim } as const] : []),
  ];
  const rows = steps.map(({ what, bytes, source, target, detail, conflict }) => {
    const to = printable(target);
    return [
      what,
      bytes === undefined ? '' : formatSize(bytes),
      ...(withSource ? [source === undefined ? '' : printable(source)] : []),
      conflict === undefined ? to : { text: to, paint: yellow },
      ...(withDetail ? [printable(detail ?? '')] : []),
    ];
  });
  return table(all, rows, { columns, paintTitle: bold, titles: titled });
}

/** How much it is, in a line or two. */
function totalLines({ totals, bytes, steps }: Plan): string[] {
  if (!totals) return steps.length === 0 ? ['nothing to do'] : [];
  if (totals.steps === 0) return ['nothing to do'];
  const what = [
    totals.files > 0 ? count(totals.files, 'file') : '',
    totals.folders > 0 ? count(totals.folders, 'folder') : '',
    totals.bytes > 0 ? `${formatSize(totals.bytes)} to write` : bytes ? formatSize(bytes) : '',
    totals.expected_ms !== undefined && totals.expected_ms >= 1_000 ? `about ${formatRoughly(totals.expected_ms)}` : '',
    totals.free !== undefined && totals.bytes > 0 ? `${formatSize(totals.free)} free there` : '',
  ].filter((part) => part !== '');
  const there = totals.bytes_there ?? 0;
  if (there === 0) return [what.join(' · ')];
  const files = count(totals.files_there ?? 0, 'file');
  return [what.join(' · '), `${formatSize(there)} of it are there already, in ${files} with the same content`];
}

/** Folders that meet a folder merge: of them there is only their number. */
function conflictLines({ conflicts, totals }: Plan, { yellow, dim }: Colors): string[] {
  const open = conflicts.filter(({ choices }) => !choices.includes('merge'));
  const merging = conflicts.length - open.length;
  const lines: string[] = [];
  for (const { about, choices } of open.slice(0, MOST_CONFLICTS))
    lines.push(
      yellow(`? ${printable(about)}`),
      dim(`  ${choices.join(', ').replaceAll('_', '-')}: by --on-conflict, or asked for`),
    );
  const more = (totals?.conflicts ?? 0) - merging - Math.min(open.length, MOST_CONFLICTS);
  if (open.length > MOST_CONFLICTS && more > 0) lines.push(yellow(`? … and ${formatNumber(more)} more like these`));
  if (merging > 0)
    lines.push(dim(`${count(merging, 'folder')} ${merging === 1 ? 'is' : 'are'} there already and merged`));
  return lines;
}
