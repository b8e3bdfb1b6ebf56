import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { count, formatNumber } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import type { Output } from '../../output/output.ts';
import { type Cell, table } from '../../output/table.ts';
import { painter, shownName, sizeOf } from '../../shared/entries.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';
import type { CollectionAnswer } from '../../wire.ts';

const DEFAULT_LIMIT = 100;

export const collectionInfo = command({
  name: 'collection info',
  summary: 'Show what is in a collection, in its order',
  details: [
    'What lies in the trash, on a disk that is away, or nowhere any more is shown as that. A file that is in it by its content is shown wherever it lies.',
  ],
  arguments: { collection: required('the collection, by name or id', 'collection') },
  options: { ids: flag('also the ids of the items, for remove and reorder'), ...PRIVATE, ...PAGING },
  examples: [['sd collection info "Best of 2026"', 'its files']],
  calls: ['query:collections.get'],
  async run(sd, { collection }, { ids, private: all, limit, cursor }) {
    let last: CollectionAnswer | undefined;
    const size = ({ items }: CollectionAnswer): number => items.length;
    const page = { limit: limit ?? DEFAULT_LIMIT, cursor, size };
    const params = { collection, private: all };
    for await (const answer of pages<CollectionAnswer>(sd, 'query:collections.get', params, page)) {
      if (sd.out.json) return sd.out.printJson(answer);
      if (!last) await sd.out.print(...heading(answer, sd.out));
      await sd.out.print(...rows(answer.items, sd.out, ids, last === undefined));
      last = answer;
    }
    remarkLeftOut(sd, last?.private_left_out);
    if (last?.next_cursor !== undefined)
      sd.out.remark(sd.out.errorColors.dim(`there is more: --limit ${last.total.count}`));
  },
});

function heading({ collection, total }: CollectionAnswer, out: Output): string[] {
  const { bold, dim } = out.colors;
  return [
    `${bold(printable(collection.name))}  ${total.more ? `${formatNumber(total.count)}+ items` : count(total.count, 'item')}`,
    ...(collection.description === undefined ? [] : [printable(collection.description)]),
    ...(collection.query === undefined ? [] : [dim(printable(collection.query))]),
    '',
  ];
}

function rows(items: CollectionAnswer['items'], out: Output, ids: boolean, titled: boolean): string[] {
  const { bold, dim, yellow } = out.colors;
  const columns = [
    ...(ids ? [{ title: 'Id', paint: dim }] : []),
    { title: 'State' },
    { title: 'Size', align: 'right' as const },
    { title: 'Path', shrink: 'middle' as const },
  ];
  const cells = items.map(({ item, state, label, entry, copies }): Cell[] => [
    ...(ids ? [item ?? ''] : []),
    { text: state === 'here' ? '' : state, paint: yellow },
    entry ? sizeOf(entry) : '',
    entry
      ? {
          text: `${shownName(entry, true)}${(copies ?? 0) > 1 ? `, and ${(copies ?? 0) - 1} more` : ''}`,
          paint: painter(entry, out),
        }
      : { text: printable(label), paint: dim },
  ]);
  return table(columns, cells, { columns: out.columns, paintTitle: bold, titles: titled });
}
