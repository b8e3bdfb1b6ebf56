import { formatNumber } from '../format/number.ts';
import { printable } from '../format/text.ts';
import { tagLabel } from '../shared/tags.ts';
import type { TagView } from '../wire.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

/** Tags, one a line. */
export function tagTable(tags: readonly TagView[], out: Output): string[] {
  const rows = tags.map((tag) => [
    printable(tagLabel(tag)),
    tag.kind === 'standard' ? '' : tag.kind,
    formatNumber(tag.applied),
    tag.color ?? '',
    [...tag.aliases, ...(tag.abbreviation === undefined ? [] : [tag.abbreviation])].map(printable).join(', '),
  ]);
  const columns = [
    { title: 'Tag', shrink: 'end' },
    { title: 'Kind' },
    { title: 'Applied', align: 'right' },
    { title: 'Color' },
    { title: 'Also called', shrink: 'end' },
  ] as const;
  return table(columns, rows, { columns: out.columns, paintTitle: out.colors.dim });
}

/** `★★★☆☆`; nothing where nobody gave any. */
export function stars(rating: number): string | undefined {
  return rating > 0 ? '★'.repeat(rating) + '☆'.repeat(5 - rating) : undefined;
}
