import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FOLDER } from '../../domain/entry.ts';
import { foldedWords } from '../../domain/words.ts';
import { ContentsLibrary } from '../../testing/contents-fixture.ts';
import type { EntryFilter } from '../finding/filter.ts';
import type { Hit } from '../finding/matcher.ts';
import { type Order, SORTS } from '../finding/order.ts';
import { parseText } from '../finding/search-text.ts';
import { type ContentsQuery, parseContentsQuery } from './contents-query.ts';
import { searchContents } from './contents-search.ts';
import { type EverywherePlace, searchEverywhere } from './everywhere.ts';
import { snippetsOf } from './snippets.ts';
import { anyCharacter } from '../../testing/any-character.ts';

const RELEVANCE: Order = { sort: 'relevance', descending: false };

/** Whether a text has all terms, without an index. */
function has(text: string, { terms }: ContentsQuery): boolean {
  const words = foldedWords(text).split(' ');
  return terms.every(({ words: wanted, prefix }) =>
    words.some((_, at) =>
      wanted.every((word, offset) => {
        const here = words[at + offset];
        return prefix && offset === wanted.length - 1 ? here?.startsWith(word) : here === word;
      }),
    ),
  );
}

function pages(
  library: ContentsLibrary,
  text: string,
  order = RELEVANCE,
  limit = 1000,
  filter: Partial<EntryFilter> = {},
) {
  const hits: Hit[] = [];
  const query = parseContentsQuery(text);
  for (let after: { key: string | number; id: number } | undefined; ;) {
    const page = searchContents(library.world, { query, filter: { hidden: true, ...filter }, order, limit, after });
    hits.push(...page.hits);
    assert.equal(
      page.total.count,
      searchContents(library.world, { query, filter: { hidden: true, ...filter }, order, limit: 1 }).total.count,
    );
    if (!page.next) return hits;
    assert.equal(page.hits.length, limit, 'only the last page is short');
    after = page.next;
  }
}

const WORDS = [
  'alpha',
  'Alpha',
  'beta',
  'be',
  'Über',
  'uber',
  'naïve',
  'naive',
  '東京',
  '京',
  'が',
  '42',
  'x',
  'ß',
  'Σας',
];
const GLUE = [' ', ' ', ' ', '-', '. ', '\n', ' "', '_', '…', '\u00ad', '*', ' AND ', '\0'];
const prose = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GLUE)), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flat().join(''));
const asked = fc.oneof(
  prose,
  fc.constantFrom(
    ...WORDS,
    'al',
    'ub',
    '"alpha beta"',
    '"x',
    '^alpha',
    'alpha*',
    '(',
    "'",
    'NEAR(alpha, 2)',
    'words: a',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: anyCharacter, maxLength: 6 }),
);

test('finds what looking at every text finds, on pages of any size, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.option(prose), copies: fc.nat(2) }), { minLength: 1, maxLength: 8 }),
      fc.array(asked, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...SORTS),
      fc.boolean(),
      fc.integer({ min: 1, max: 4 }),
      async (contents, queries, sort, descending, limit) => {
        const library = new ContentsLibrary();
        try {
          const root = library.library.addLocation('/home/me/Documents');
          const placesOf = new Map<number, number[]>();
          for (const [at, { text, copies }] of contents.entries()) {
            const content = await library.addContent(text ?? undefined);
            const places = Array.from({ length: copies }, (_, copy) => ({
              parent: root,
              name: `${copy}-${at}`,
              size: at % 3,
              content,
            }));
            placesOf.set(content, places.length > 0 ? library.library.add(...places) : []);
          }
          const order = sort === 'relevance' ? RELEVANCE : { sort, descending };
          for (const text of queries) {
            const query = parseContentsQuery(text);
            const expected =
              query.terms.length === 0
                ? []
                : [...library.texts]
                    .filter(([, of]) => has(of, query))
                    .flatMap(([content]) => placesOf.get(content) ?? []);
            const found = pages(library, text, order, limit);
            assert.deepEqual(
              found.map(({ id }) => id).sort((a, b) => a - b),
              expected.sort((a, b) => a - b),
              JSON.stringify(text),
            );
            assert.deepEqual(found, pages(library, text, order), 'pages are in the order of the whole');
            const snippets = await snippetsOf(library.world, found, query, true);
            for (const { id } of found) {
              const marked = snippets.get(id)?.segments.filter(({ match }) => match) ?? [];
              assert.ok(marked.length > 0, `a snippet for ${JSON.stringify(text)}`);
            }
          }
        } finally {
          library.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('filters bound it as they bound names, and every place of a content is found', async (t) => {
  const library = new ContentsLibrary();
  t.after(() => library.close());
  const root = library.library.addLocation('/home/me/Documents');
  const [folder = 0, hidden = 0] = library.library.add(
    { parent: root, name: 'Letters', type: FOLDER },
    { parent: root, name: '.cache', type: FOLDER },
  );
  const content = await library.addContent('Dear Ms Müller, the invoice is attached.');
  library.library.add(
    { parent: root, name: 'a.txt', content, size: 5, mtime: 10 },
    { parent: folder, name: 'b.TXT', content, size: 5, mtime: 20 },
    { parent: hidden, name: 'c.md', content, size: 5, mtime: 30 },
  );
  const names = (filter: Partial<EntryFilter>): string[] =>
    pages(library, 'muller invoice', { sort: 'name', descending: false }, 10, filter).map(({ name }) => name);
  assert.deepEqual(names({}), ['a.txt', 'b.TXT', 'c.md']);
  assert.deepEqual(names({ hidden: false }), ['a.txt', 'b.TXT']);
  assert.deepEqual(names({ below: folder }), ['b.TXT']);
  assert.deepEqual(names({ extensions: ['txt'], modifiedFrom: 11 }), ['b.TXT']);
  assert.deepEqual(names({ minSize: 6 }), []);
});

test('the better match comes first', async (t) => {
  const library = new ContentsLibrary();
  t.after(() => library.close());
  const root = library.library.addLocation('/d');
  const texts = ['other words here', `budget ${'filler '.repeat(200)}`, 'budget budget plan', 'nothing of it'];
  for (const [at, text] of texts.entries())
    library.library.add({ parent: root, name: `${at}`, content: await library.addContent(text) });
  assert.deepEqual(
    pages(library, 'budget').map(({ name }) => name),
    ['2', '1'],
  );
});

test('a text whose content became another is not found under its id', async (t) => {
  const library = new ContentsLibrary();
  t.after(() => library.close());
  const root = library.library.addLocation('/d');
  const content = await library.addContent('secret plan');
  library.library.add({ parent: root, name: 'x', content });
  assert.equal(pages(library, 'secret').length, 1);
  library.library.write((tx) =>
    tx.run('UPDATE contents SET hash = ? WHERE id = ?', new Uint8Array(32).fill(7), content),
  );
  assert.equal(pages(library, 'secret').length, 0);
});

test('everywhere: names first, then contents, no entry twice, pages go on', async (t) => {
  const library = new ContentsLibrary();
  t.after(() => library.close());
  const root = library.library.addLocation('/d');
  const named = await library.addContent('all about tax in tax law');
  const plain = await library.addContent('pay the tax');
  library.library.add(
    { parent: root, name: 'tax.txt', content: named },
    { parent: root, name: 'tax', type: FOLDER },
    ...Array.from({ length: 5 }, (_, at) => ({ parent: root, name: `letter ${at}`, content: plain, size: 9 - at })),
  );
  for (const order of [RELEVANCE, { sort: 'name', descending: false }, { sort: 'size', descending: true }] as const) {
    for (const limit of [1, 2, 3, 7, 100]) {
      const names: string[] = [];
      for (let after: EverywherePlace | undefined; ;) {
        const query = parseContentsQuery('tax');
        const page = searchEverywhere(library.world, {
          text: parseText('tax'),
          query,
          filter: { hidden: true },
          order,
          limit,
          after,
        });
        assert.deepEqual(page.total, { count: 7, more: false });
        names.push(...page.hits.map(({ name }) => name));
        if (!page.next) break;
        after = page.next;
      }
      assert.equal(new Set(names).size, 7, `${order.sort} ${limit}: ${names.join()}`);
      assert.equal(names.length, 7, `${order.sort} ${limit}: ${names.join()}`);
      if (order.sort === 'relevance') assert.deepEqual(names.slice(0, 2).sort(), ['tax', 'tax.txt']);
    }
  }
});
