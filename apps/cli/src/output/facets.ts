import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import type { FacetsAnswer } from '../wire.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';

const TITLES: Readonly<Record<FacetsAnswer['facets'][number]['facet'], string>> = {
  kinds: 'Kind',
  extensions: 'Extension',
  sizes: 'Size',
  modified: 'Modified',
  taken: 'Taken',
  cameras: 'Camera',
  tags: 'Tag',
  ratings: 'Stars',
  locations: 'Location',
};

/** A table for each facet that has any values; beside each the term that narrows the search to it. */
export function facetLines({ total, facets }: FacetsAnswer, out: Output): string[] {
  const lines = [`${count(total.count, 'entry', 'entries')}, ${formatSize(total.bytes)}`];
  for (const { facet, values, more } of facets) {
    if (values.length === 0) continue;
    const columns = [
      { title: TITLES[facet], shrink: 'end' },
      { title: 'Count', align: 'right' },
      { title: '', paint: out.colors.dim },
    ] as const;
    const rows = values.map(({ value, count: found, query }) => [value, formatNumber(found), query]);
    lines.push('', ...table(columns, rows, { columns: out.columns, paintTitle: out.colors.dim }));
    if (more) lines.push(out.colors.dim('…'));
  }
  return lines;
}
