import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { formatSize } from '../../format/size.ts';
import { entryTable } from '../../output/entry-table.ts';
import { addressOf } from '../../shared/address.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { PRIVATE, leftOutLine } from '../../shared/private.ts';
import type { Listing } from '../../wire.ts';

const SOURCES = { index: 'as indexed', disk: 'not indexed', both: 'indexed, compared with the disk' } as const;

export const ls = command({
  name: 'ls',
  summary: 'List a folder, indexed or not',
  details: [
    'Any folder that can be read is listed at once. What the library knows of it, such as the size of folders and the kind of files, is shown with it.',
  ],
  arguments: { path: optional('the folder; the current one if left out', 'path') },
  options: {
    all: flag('also what is hidden', { short: 'a' }),
    ...PRIVATE,
    sort: choice(['name', 'size', 'modified', 'kind'], 'the order; by name if left out', { short: 's' }),
    reverse: flag('the other way round', { short: 'r' }),
    mixed: flag('folders among the files instead of before them'),
    bytes: flag('exact bytes instead of rounded sizes', { short: 'b' }),
    ...PAGING,
  },
  examples: [
    ['sd ls ~/Pictures', 'a folder'],
    ['sd ls -s size -n 10', 'the ten largest things here'],
    ['sd ls --json | jq .total', 'how many there are'],
  ],
  calls: ['query:vdfs.list_entries'],
  async run(sd, { path }, { all, private: hidden, sort = 'name', reverse, mixed, bytes, limit, cursor }) {
    // Large, recent things are looked for; names are read from A on.
    const falls = (sort === 'size' || sort === 'modified') !== reverse;
    const params = {
      path: addressOf(path ?? '.'),
      sort,
      order: falls ? 'desc' : 'asc',
      folders_first: !mixed,
      hidden: all,
      private: hidden,
    };
    const print = entryTable(sd.out, { bytes });
    let last: Listing | undefined;
    const found = pages<Listing>(sd, 'query:vdfs.list_entries', params, {
      limit,
      cursor,
      size: (page) => page.entries.length,
    });
    for await (const page of found) {
      if (sd.out.json) return sd.out.printJson(page);
      await print(page.entries);
      last = page;
    }
    if (last && sd.out.columns !== undefined) {
      const totals = last.folder.folder;
      const inside = totals ? ` · ${formatSize(totals.bytes)} in ${count(totals.files, 'file')}` : '';
      const leftOut = leftOutLine(last.private_left_out);
      const left = leftOut === '' ? '' : ` · ${leftOut}`;
      sd.out.remark(
        sd.out.errorColors.dim(`${count(last.total, 'entry', 'entries')}${inside} · ${SOURCES[last.source]}${left}`),
      );
    }
  },
});
