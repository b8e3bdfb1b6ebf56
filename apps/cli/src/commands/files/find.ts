import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, choices, flag, list, moment, size, text } from '../../declare/option.ts';
import { formatNumber } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { facetLines } from '../../output/facets.ts';
import { printFound } from '../../output/found.ts';
import { printSnippets } from '../../output/snippets.ts';
import { KIND_WORDS } from '../../shared/kinds.ts';
import { PAGING, pages } from '../../shared/paging.ts';
import { pointing } from '../../shared/pointing.ts';
import { quoted } from '../../shared/quoted.ts';
import { searchParams } from '../../shared/search-params.ts';
import type { Sd } from '../../sd.ts';
import type { SearchAnswer } from '../../wire.ts';

const DEFAULT_LIMIT = 50;
/** Of each facet; of suggestions. */
const DEFAULT_VALUES = 10;

export const find = command({
  name: 'find',
  summary: 'Find files and folders by name, text, tag, kind, size, date and more',
  details: [
    'Words may stand anywhere in the name, in any order and case; accents do not matter. Whole names come first, then beginnings, then the rest. Words with a key narrow the search: type: tag: size: modified: taken: rating: in: and more; a minus before one turns it round, "quotes" keep words together, OR stands between two. Put all of it into single quotes, so that the shell leaves it alone. What stands after -- is text, whatever it looks like. See docs/search.md.',
    'With --in contents the words are looked for in the text of documents, and the place is shown: whole words, the last by its beginning, "words in quotes" one after the other. Texts are read in locations of the mode deep.',
    'Only what is indexed is found: sd location add puts a folder in the index.',
  ],
  arguments: {
    words: { ...any('what the name contains, or a query', 'query'), dashed: isNegated, afterDashes: quoted },
  },
  options: {
    kind: choices('KIND', KIND_WORDS, 'only of this kind, e.g. image,video', { short: 'k' }),
    type: choices('TYPE', ['file', 'folder', 'symlink', 'other'], 'only files, folders, …', { short: 't' }),
    ext: list('EXT', 'only with this extension, e.g. pdf,docx', { short: 'e' }),
    larger: size('at least this large, e.g. 10MB'),
    smaller: size('at most this large'),
    newer: moment('modified since then: 2026-03-01, or 7d for the last seven days'),
    older: moment('modified before then'),
    location: text('LOCATION', 'only in this location', { complete: 'location' }),
    in: choice(
      ['names', 'contents', 'all'],
      'where the words are: in names, in the text of documents, or in both; names if left out',
    ),
    within: text('FOLDER', 'only below this folder', { complete: 'folder' }),
    noHidden: flag('leave out what is hidden'),
    private: flag('also what people said to hide, or gave a privacy tag'),
    facets: flag('count what is found by kind, tag, year and more, instead of listing it'),
    count: flag('print how many are found, and nothing else'),
    suggest: flag('print how the query could go on, one suggestion a line'),
    sort: choice(['relevance', 'name', 'size', 'modified'], 'the order; relevance if left out', { short: 's' }),
    reverse: flag('the other way round', { short: 'r' }),
    bytes: flag('exact bytes instead of rounded sizes', { short: 'b' }),
    paths: flag('print nothing but paths, one per line', { short: 'p' }),
    null: flag('print nothing but paths, byte for byte, with a zero byte after each, for xargs -0', { short: '0' }),
    ...PAGING,
  },
  examples: [
    ['sd find holiday 2024', 'both words, in any order'],
    ['sd find -k video --larger 1GB -s size', 'the large videos, largest first'],
    [`sd find --in contents '"annual report"' lisbon`, 'documents that have the phrase and the word in their text'],
    [`sd find 'type:image tag:holiday taken:2024 -draft'`, 'pictures of 2024 with the tag or one below it'],
    [`sd find 'size:>1gb modified:>1y' -s size`, 'large files that nobody changed for a year'],
    [`sd find 'rating:>=4' --facets`, 'what the well rated ones are'],
    ['sd find -e pdf --newer 7d', 'the PDFs of the last week'],
    ['sd find -0 -e raw | xargs -0 ls -l', 'hand paths to another command'],
  ],
  calls: ['query:search.files', 'query:search.facets', 'query:search.count', 'query:search.suggest'],
  run(sd, { words }, options) {
    const typed = words.join(' ');
    if (options.suggest) return printSuggestions(sd, typed, options.limit);
    const params = searchParams(words, options);
    const query = typeof params['query'] === 'string' ? params['query'] : undefined;
    return pointing(query, () => {
      if (options.count) return printCount(sd, params);
      return options.facets ? printFacets(sd, params, options.limit) : listFound(sd, params, options);
    });
  },
});

/** A query that begins with what must not be: `-tag:x`, `-"two words"`, `-(a OR b)`, `-draft report`. */
function isNegated(word: string): boolean {
  return /^-(?:[a-z_]{2,}:|["(]|[^-\s]+\s)/i.test(word);
}

interface ListOptions {
  readonly null: boolean;
  readonly paths: boolean;
  readonly bytes: boolean;
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly in: string | undefined;
}

async function listFound(sd: Sd, params: Record<string, unknown>, options: ListOptions): Promise<void> {
  const bare = options.null ? 'null' : options.paths ? 'paths' : undefined;
  // Whoever hands paths on wants them all; whoever reads wants the best.
  const limit = options.limit ?? (bare ? undefined : DEFAULT_LIMIT);
  let print: ((entries: SearchAnswer['entries']) => Promise<void>) | undefined;
  let shown = 0;
  let last: SearchAnswer | undefined;
  const found = pages<SearchAnswer>(sd, 'query:search.files', params, {
    limit,
    cursor: options.cursor,
    size: (page) => page.entries.length,
  });
  for await (const page of found) {
    if (sd.out.json) return sd.out.printJson(page);
    // The query may say that contents are searched.
    const withText = page.contents_index !== undefined;
    print ??= withText && !bare ? printSnippets(sd.out) : printFound(sd.out, { bare, bytes: options.bytes });
    await print(page.entries);
    shown += page.entries.length;
    last = page;
  }
  if (last && (shown === 0 || (sd.out.columns !== undefined && !bare)))
    sd.out.remark(sd.out.errorColors.dim(outcome(last, shown)));
}

async function printCount(sd: Sd, params: Record<string, unknown>): Promise<void> {
  const daemon = await sd.daemon();
  const { sort: _sort, order: _order, ...asked } = params;
  const answer = await daemon.call('query:search.count', asked);
  await (sd.out.json ? sd.out.printJson(answer) : sd.out.print(String(answer.count)));
}

async function printFacets(sd: Sd, params: Record<string, unknown>, limit = DEFAULT_VALUES): Promise<void> {
  const daemon = await sd.daemon();
  const { sort: _sort, order: _order, ...asked } = params;
  const answer = await daemon.call('query:search.facets', { ...asked, limit });
  await (sd.out.json ? sd.out.printJson(answer) : sd.out.print(...facetLines(answer, sd.out)));
}

async function printSuggestions(sd: Sd, query: string, limit = DEFAULT_VALUES): Promise<void> {
  const daemon = await sd.daemon();
  const answer = await daemon.call('query:search.suggest', { query, limit });
  const texts = answer.suggestions.map((one) => printable(query.slice(0, answer.from) + one.text));
  await (sd.out.json ? sd.out.printJson(answer) : sd.out.print(...texts));
}

function outcome(answer: SearchAnswer, shown: number): string {
  const { total } = answer;
  const building = remarks(answer)
    .map((remark) => `; ${remark}`)
    .join('');
  if (total.count === 0) return `nothing found${building}`;
  const found = `${total.more ? 'more than ' : ''}${formatNumber(total.count)} found`;
  return `${found}${total.more || total.count > shown ? `, ${formatNumber(shown)} shown; -n N shows more` : ''}${building}`;
}

function remarks({ text_index: names, contents_index: contents }: SearchAnswer): string[] {
  return [
    ...(names === 'building' ? ['the text index is being built, until then searching takes longer'] : []),
    ...(contents === 'filling' ? ['documents are being read, there may be more'] : []),
    ...(contents === 'missing'
      ? [
          'no document was read yet: locations of the mode deep read them, which may be under way (sd location update NAME --mode deep)',
        ]
      : []),
  ];
}
