import { command } from '../../declare/command.ts';
import { flag, text } from '../../declare/option.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import type { Output } from '../../output/output.ts';
import { type Cell, table } from '../../output/table.ts';
import { painter, shownName } from '../../shared/entries.ts';
import { DUPLICATE_FILTERS, duplicateParams } from '../../shared/duplicate-params.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import type { RedundancyAnswer } from '../../wire.ts';

const DEFAULT_LIMIT = 20;
const { larger, kind, location, within } = DUPLICATE_FILTERS;

export const redundancy = command({
  name: 'redundancy',
  summary: 'Show what exists once only, and on which disk',
  details: [
    'What has one copy would be lost with it. Copies on disks that are away count, and so do private ones; what lies in the trash does not. Only locations of the modes content and deep are looked at.',
  ],
  arguments: {},
  options: {
    larger,
    kind,
    location,
    within,
    volume: text('VOLUME', 'only what lies on this disk', { complete: 'volume' }),
    volumes: flag('what lies on one disk only, however many copies of it are there'),
    ...PRIVATE,
    ...PAGING,
  },
  examples: [
    ['sd redundancy', 'the largest that exist once'],
    ['sd redundancy --volumes --kind image', 'pictures that one broken disk would take'],
  ],
  calls: ['query:content.redundancy'],
  async run(sd, _args, { volume, volumes, private: all, limit, cursor, ...filters }) {
    const params = {
      private: all,
      ...duplicateParams({ ...filters, smaller: undefined, ext: undefined }),
      ...(volume === undefined ? {} : { volume }),
      ...(volumes ? { once: 'volume' } : {}),
    };
    let last: RedundancyAnswer | undefined;
    const page = { limit: limit ?? DEFAULT_LIMIT, cursor, size: ({ items }: RedundancyAnswer) => items.length };
    for await (const answer of pages<RedundancyAnswer>(sd, 'query:content.redundancy', params, page)) {
      if (sd.out.json) return sd.out.printJson(answer);
      await sd.out.print(...rows(answer.items, sd.out, last === undefined));
      last = answer;
    }
    if (!last) return;
    remarkLeftOut(sd, last.private_left_out);
    if (last.total.contents === 0) return sd.out.remark('everything exists twice at least');
    await sd.out.print('', ...totals(last, sd.out));
  },
});

function rows(items: RedundancyAnswer['items'], out: Output, titled: boolean): string[] {
  const { bold, dim } = out.colors;
  const columns = [
    { title: 'Size', align: 'right' as const },
    { title: 'Copies', align: 'right' as const },
    { title: 'Disk', paint: dim },
    { title: 'Path', shrink: 'middle' as const },
  ];
  const cells = items.map(({ size, copies, place, entry }): Cell[] => [
    formatSize(size),
    formatNumber(copies),
    placeName(place),
    entry ? { text: shownName(entry, true), paint: painter(entry, out) } : '',
  ]);
  return table(columns, cells, { columns: out.columns, paintTitle: bold, titles: titled });
}

function totals({ total, volumes }: RedundancyAnswer, out: Output): string[] {
  const { bold } = out.colors;
  return [
    `${bold(formatSize(total.bytes))} in ${count(total.contents, 'content')}`,
    ...volumes.map((place) => `  ${formatSize(place.bytes)} in ${formatNumber(place.contents)} on ${placeName(place)}`),
  ];
}

function placeName({ volume, locations, offline }: RedundancyAnswer['items'][number]['place']): string {
  const name = volume?.name ?? `the disk of ${locations.join(', ')}`;
  return `${printable(name)}${offline ? ' (away)' : ''}`;
}
