import { formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { kindName } from '../shared/kinds.ts';
import type { KindTotal } from '../wire.ts';
import { bar, shareOf } from './bars.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

const BAR = 20;

/** Kinds by size, largest first; what is left over `most` in one line. */
export function kindLines(kinds: readonly KindTotal[], out: Output, most = 10): string[] {
  const held = kinds
    .filter((one) => one.files > 0 && one.kind !== 'folder')
    .toSorted((a, b) => b.bytes - a.bytes || b.files - a.files);
  const whole = sum(held, 'bytes');
  const rest = held.slice(most);
  const shown =
    rest.length > 1
      ? [...held.slice(0, most), { kind: 'all others', files: sum(rest, 'files'), bytes: sum(rest, 'bytes') }]
      : held;
  const rows = shown.map((one) => [
    one.kind === 'unknown' ? 'unknown kind' : kindName(one.kind),
    formatNumber(one.files),
    formatSize(one.bytes),
    shareOf(one.bytes, whole),
    { text: bar(whole > 0 ? one.bytes / whole : 0, BAR).trimEnd(), paint: out.colors.cyan },
  ]);
  const columns = [
    { title: 'Kind' },
    { title: 'Files', align: 'right' },
    { title: 'Size', align: 'right' },
    { title: 'Share', align: 'right' },
    { title: '' },
  ] as const;
  return table(columns, rows, { columns: out.columns, paintTitle: out.colors.dim });
}

function sum(kinds: readonly KindTotal[], of: 'files' | 'bytes'): number {
  return kinds.reduce((total, one) => total + one[of], 0);
}
