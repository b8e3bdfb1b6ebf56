import { command } from '../../declare/command.ts';
import { formatDate } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { table } from '../../output/table.ts';
import { PRIVATE } from '../../shared/private.ts';

export const collectionList = command({
  name: 'collection list',
  summary: 'List the collections, and how much is in them now',
  arguments: {},
  options: PRIVATE,
  examples: [],
  calls: ['query:collections.list'],
  async run(sd, _args, { private: all }) {
    const daemon = await sd.daemon();
    const answer = await daemon.call('query:collections.list', { private: all });
    if (sd.out.json) return sd.out.printJson(answer);
    if (answer.collections.length === 0)
      return sd.out.remark('no collections yet', '  → sd collection create NAME, then sd collection add NAME FILE…');
    const { bold, dim } = sd.out.colors;
    const rows = answer.collections.map(({ name, count, more, query, problem, created_at: made }) => [
      printable(name),
      count === undefined ? '?' : `${formatNumber(count)}${more ? '+' : ''}`,
      formatDate(made),
      printable(problem ?? query ?? ''),
    ]);
    const columns = [
      { title: 'Name' },
      { title: 'Items', align: 'right' },
      { title: 'Made', paint: dim },
      { title: 'Search', shrink: 'end' },
    ] as const;
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, paintTitle: bold }));
  },
});
