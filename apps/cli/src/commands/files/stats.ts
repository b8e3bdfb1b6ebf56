import { command } from '../../declare/command.ts';
import { count, formatNumber } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { printable } from '../../format/text.ts';
import { kindLines } from '../../output/kind-table.ts';
import { facts, table } from '../../output/table.ts';
import { painter } from '../../shared/entries.ts';
import { PRIVATE, remarkLeftOut } from '../../shared/private.ts';

export const stats = command({
  name: 'stats',
  summary: 'Show what a library holds: kinds, sizes, the largest files',
  arguments: {},
  options: PRIVATE,
  examples: [['sd stats --json | jq .duplicates', 'one part of it']],
  calls: ['query:library.statistics'],
  async run(sd, _arguments, options) {
    const daemon = await sd.daemon();
    const found = await daemon.call('query:library.statistics', options.private ? { private: true } : {});
    if (sd.out.json) return sd.out.printJson(found);
    const { bold, dim } = sd.out.colors;
    const { duplicates } = found;
    await sd.out.print(
      ...facts(
        [
          ['Files', `${formatNumber(found.files)}, ${formatSize(found.bytes)}`],
          ['Folders', formatNumber(found.folders)],
          ['Locations', formatNumber(found.locations)],
          ['Contents', found.contents > 0 ? `${formatNumber(found.contents)} different ones` : 'none identified'],
          [
            'Duplicates',
            duplicates.groups > 0
              ? `${count(duplicates.files, 'file')} in ${count(duplicates.groups, 'group')}, ${formatSize(duplicates.reclaimable_bytes)} to free (sd dup)`
              : 'none',
          ],
          ['Database', formatSize(found.database_bytes)],
        ],
        dim,
      ),
    );
    if (found.kinds.some((one) => one.files > 0)) await sd.out.print('', ...kindLines(found.kinds, sd.out));
    if (found.extensions.length > 0) {
      const rows = found.extensions
        .slice(0, 10)
        .map((one) => [
          one.extension === '' ? 'none' : `.${printable(one.extension)}`,
          formatNumber(one.files),
          formatSize(one.bytes),
        ]);
      await sd.out.print(
        '',
        ...table(
          [{ title: 'Extension' }, { title: 'Files', align: 'right' }, { title: 'Size', align: 'right' }],
          rows,
          { columns: sd.out.columns, paintTitle: dim },
        ),
      );
    }
    if (found.largest.length > 0) {
      const rows = found.largest
        .slice(0, 10)
        .map((entry) => [
          formatSize(entry.size),
          { text: printable(entry.native_path), paint: painter(entry, sd.out) },
        ]);
      await sd.out.print(
        '',
        bold('Largest files'),
        ...table(
          [
            { title: 'Size', align: 'right' },
            { title: 'Path', shrink: 'middle' },
          ],
          rows,
          { columns: sd.out.columns, titles: false },
        ),
      );
    }
    remarkLeftOut(sd, found.private_left_out);
  },
});
