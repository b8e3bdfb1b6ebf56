import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, choices, flag, list, moment, size, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { formatNumber } from '../../format/number.ts';
import { table, widthsOf } from '../../output/table.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { entryColumns, entryRow } from '../../shared/entries.ts';
import { exactPath } from '../../shared/exact-path.ts';
import { KIND_WORDS } from '../../shared/kinds.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import type { SearchAnswer } from '../../wire.ts';

const DEFAULT_LIMIT = 50;

export const find = command({
  name: 'find',
  summary: 'Find files and folders by name, kind, size or date',
  details: [
    'Words may stand anywhere in the name, in any order and case; accents do not matter. Every character means itself. Put words with a space between them in quotes to find them side by side.',
    'Only what is indexed is found: sd location add puts a folder in the index.',
  ],
  arguments: { words: any('what the name contains') },
  options: {
    kind: choices('KIND', KIND_WORDS, 'only of this kind, e.g. image,video', { short: 'k' }),
    type: choices('TYPE', ['file', 'folder', 'symlink', 'other'], 'only files, folders, …', { short: 't' }),
    ext: list('EXT', 'only with this extension, e.g. pdf,docx', { short: 'e' }),
    larger: size('at least this large, e.g. 10MB'),
    smaller: size('at most this large'),
    newer: moment('modified since then: 2026-03-01, or 7d for the last seven days'),
    older: moment('modified before then'),
    location: text('LOCATION', 'only in this location', { complete: 'location' }),
    in: text('FOLDER', 'only below this folder', { complete: 'folder' }),
    noHidden: flag('leave out what is hidden'),
    sort: choice(['relevance', 'name', 'size', 'modified'], 'the order; the best hits first if left out', {
      short: 's',
    }),
    reverse: flag('the other way round', { short: 'r' }),
    bytes: flag('exact bytes instead of rounded sizes', { short: 'b' }),
    paths: flag('print nothing but paths, one per line', { short: 'p' }),
    null: flag('print nothing but paths, byte for byte, with a zero byte after each, for xargs -0', { short: '0' }),
    ...PAGING,
  },
  examples: [
    ['sd find holiday 2024', 'both words, in any order'],
    ['sd find -k video --larger 1GB -s size', 'the large videos, largest first'],
    ['sd find -e pdf --newer 7d', 'the PDFs of the last week'],
    ['sd find -0 -e raw | xargs -0 ls -l', 'hand paths to another command'],
  ],
  calls: ['query:search.files'],
  async run(sd, { words }, options) {
    const { bytes, limit, cursor, sort = 'relevance', reverse } = options;
    const params = defined({
      text: words.length > 0 ? words.join(' ') : undefined,
      kinds: options.kind,
      types: options.type,
      extensions: options.ext?.map((extension) => extension.replace(/^\./, '').toLowerCase()),
      min_size: options.larger,
      max_size: options.smaller,
      modified_after: options.newer,
      modified_before: options.older,
      location: options.location === undefined ? undefined : locationOf(options.location),
      within: options.in === undefined ? undefined : addressOf(options.in),
      hidden: options.noHidden ? false : undefined,
      sort,
      // The best, the largest, the newest come first; names are read from A on.
      order: (sort !== 'name') !== reverse ? 'desc' : 'asc',
    });
    const filters = [
      'text',
      'kinds',
      'types',
      'extensions',
      'min_size',
      'max_size',
      'modified_after',
      'modified_before',
      'location',
      'within',
    ];
    if (!filters.some((name) => name in params))
      throw usage('what should be found?', 'sd find WORD, or an option such as --kind image; sd help find');
    const bare = options.paths || options.null;
    const style = { paths: true, bytes };
    const columns = entryColumns(sd.out, style);
    let least: number[] | undefined;
    let shown = 0;
    let last: SearchAnswer | undefined;
    for await (const page of pages<SearchAnswer>(sd, 'query:search.files', params, {
      limit: limit ?? (bare ? undefined : DEFAULT_LIMIT),
      cursor,
      size: (one) => one.entries.length,
    })) {
      if (sd.out.json) return void (await sd.out.printJson(page));
      last = page;
      shown += page.entries.length;
      if (options.null) {
        await sd.out.write(
          Buffer.concat(page.entries.map((entry) => Buffer.concat([exactPath(entry), Buffer.from([0])]))),
        );
        continue;
      }
      if (options.paths) {
        await sd.out.print(...page.entries.map((entry) => entry.native_path));
        continue;
      }
      const rows = page.entries.map((entry) => entryRow(entry, sd.out, style));
      await sd.out.print(
        ...table(columns, rows, {
          columns: sd.out.columns,
          paintTitle: sd.out.colors.dim,
          titles: least === undefined && rows.length > 0,
          least: least ?? [],
        }),
      );
      least ??= widthsOf(columns, rows);
    }
    if (!last) return;
    const { total, next_cursor: next } = last;
    const found = total.more
      ? `more than ${formatNumber(total.count)} found`
      : total.count === 0
        ? 'nothing found'
        : `${formatNumber(total.count)} found`;
    const rest = next !== undefined && !bare ? `, ${formatNumber(shown)} shown; -n N shows more` : '';
    const building =
      last.text_index === 'building' ? ' (the text index is being built; until then searching takes longer)' : '';
    if (shown === 0 || (sd.out.columns !== undefined && !bare))
      sd.out.remark(sd.out.errorColors.dim(found + rest + building));
  },
});

function defined(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
