import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, integer } from '../../declare/option.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { bar, shareOf } from '../../output/bars.ts';
import { type Column, table } from '../../output/table.ts';
import { addressOf } from '../../shared/address.ts';
import { bytesOf, painter, shownName } from '../../shared/entries.ts';
import { shellWord } from '../../shared/shell-word.ts';

const BAR = 16;
const DEFAULT_LIMIT = 20;

export const du = command({
  name: 'du',
  summary: 'Show what takes the room in a folder',
  details: [
    'Answers at once from the index, whatever the folder holds. Sizes are what the files contain; a file with several hard links counts once.',
  ],
  arguments: { path: optional('the folder; the current one if left out', 'folder') },
  options: {
    limit: integer('N', `print the N largest; ${DEFAULT_LIMIT} if left out`, { min: 1, max: 1000 }, { short: 'n' }),
    bytes: flag('exact bytes instead of rounded sizes', { short: 'b' }),
  },
  examples: [['sd du ~', 'the largest things in the home folder']],
  calls: ['query:vdfs.list_entries'],
  async run(sd, { path }, { limit = DEFAULT_LIMIT, bytes }) {
    const daemon = await sd.daemon();
    const listing = await daemon.call('query:vdfs.list_entries', {
      path: addressOf(path ?? '.'),
      sort: 'size',
      order: 'desc',
      folders_first: false,
      hidden: true,
      limit,
    });
    if (sd.out.json) return sd.out.printJson(listing);
    const { colors } = sd.out;
    const size = (value: number): string => (bytes ? formatNumber(value) : formatSize(value));
    const known = listing.entries.map((entry) => bytesOf(entry) ?? 0);
    const total = listing.folder.folder?.bytes;
    const shown = known.reduce((sum, one) => sum + one, 0);
    // A share of what is not known in whole would be a guess.
    const columns: Column[] = [
      { title: 'Size', align: 'right' },
      ...(total === undefined ? [] : [{ title: 'Share', align: 'right' } as const, { title: '' }]),
      { title: 'Name', shrink: 'end' },
    ];
    const rows = listing.entries.map((entry, index) => {
      const own = bytesOf(entry);
      const drawn = { text: bar(total ? (own ?? 0) / total : 0, BAR), paint: colors.cyan };
      return [
        own === undefined ? (entry.type === 'folder' ? '?' : '') : size(own),
        ...(total === undefined ? [] : [own === undefined ? '' : shareOf(own, total), drawn]),
        { text: shownName(entry, false), paint: painter(listing.entries[index] ?? entry, sd.out) },
      ];
    });
    const rest = listing.total - listing.entries.length;
    if (rest > 0)
      rows.push([
        ...(total === undefined ? [''] : [size(Math.max(0, total - shown)), '', '']),
        { text: count(rest, 'more entry', 'more entries'), paint: colors.dim },
      ]);
    await sd.out.print(...table(columns, rows, { columns: sd.out.columns, titles: false }));
    if (total === undefined)
      return sd.out.remark(
        '',
        ...(listing.folder.indexed
          ? [
              'This folder is not indexed to the end, so that the sizes of folders are not known yet.',
              '  → sd location rescan',
            ]
          : [
              'This folder is not indexed, so that the sizes of the folders in it are not known.',
              `  → sd location add ${shellWord(listing.folder.native_path)}`,
            ]),
      );
    await sd.out.print(
      `${colors.bold(size(total))} in ${count(listing.folder.folder?.files ?? 0, 'file')} and ${count(listing.folder.folder?.folders ?? 0, 'folder')}`,
    );
  },
});
