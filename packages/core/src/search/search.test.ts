import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FOLDER } from '../domain/entry.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { type NewEntry, SearchLibrary } from '../testing/search-fixture.ts';
import { expectedIds } from '../testing/search-oracle.ts';
import { COUNTED } from './finding/collect.ts';
import type { EntryFilter } from './finding/filter.ts';
import { type Order, SORTS } from './finding/order.ts';
import { parseText } from './finding/search-text.ts';
import { type SearchRequest, type SearchResult, search } from './search.ts';

const RELEVANCE: Order = { sort: 'relevance', descending: false };

function request(
  text: string,
  more: { filter?: Partial<EntryFilter>; order?: Order; limit?: number } = {},
): SearchRequest {
  return {
    text: parseText(text),
    filter: { hidden: true, ...more.filter },
    order: more.order ?? RELEVANCE,
    limit: more.limit ?? 1000,
  };
}

/** Every page, one after the other. */
function pages(library: SearchLibrary, asked: SearchRequest): SearchResult[] {
  const found: SearchResult[] = [];
  for (let after: SearchRequest['after']; ;) {
    const page = search(library.world, { ...asked, after });
    found.push(page);
    if (!page.next) return found;
    assert.equal(page.hits.length, asked.limit, 'only the last page is short');
    after = page.next;
  }
}
const idsOf = (found: readonly SearchResult[]): number[] => found.flatMap(({ hits }) => hits.map(({ id }) => id));

const PIECES = [
  'a',
  'A',
  'b',
  'ab',
  'ABC',
  '1',
  '07',
  '10',
  ' ',
  '-',
  '_',
  '.',
  '..',
  '.pdf',
  '.PDF',
  '.tar.gz',
  'report',
  'Report',
  'img_',
  'é',
  'e\u0301',
  'ü',
  'ß',
  'İ',
  'ı',
  'K',
  'Σ',
  'ς',
  '東',
  '京',
  'が',
  '가',
  '😀',
  '👍🏽',
  '"',
  "'",
  '%',
  '*',
  '?',
  '\\',
  '\n',
  '(',
  '\ufffe',
  '\ufffd',
  '\u{10ffff}',
  '\u0301',
  '\udc80',
  '\udcff',
  '\udcc3',
  'AND',
  'NOT ',
];
const piece = fc.constantFrom(...PIECES);
const name = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '.' && text !== '..');
const query = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(name, fc.nat(8), fc.integer({ min: 1, max: 5 })).map(([text, from, length]) =>
      [...text]
        .slice(from % [...text].length)
        .slice(0, length)
        .join(''),
    ),
  },
  { weight: 1, arbitrary: fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(' ')) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '/', 'a/b', 'zzz', '\0', 'a\0') },
);
const type = fc.constantFrom(0, 0, 0, FOLDER, FOLDER, 2, 3);
const entry = fc.record({
  above: fc.nat(),
  name,
  type,
  size: fc.nat(20),
  mtime: fc.nat(20),
  kind: fc.constantFrom(KIND_CODES.image, KIND_CODES.video, KIND_CODES.code),
});
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined, freq: 1 });
const filter = fc.record({
  kinds: maybe(fc.constant([KIND_CODES.image, KIND_CODES.folder])),
  types: maybe(fc.constantFrom([0], [FOLDER], [0, 2])),
  extensions: maybe(fc.constantFrom(['pdf'], ['tar.gz', 'x'], ['nothing'])),
  minSize: maybe(fc.nat(10)),
  modifiedBefore: maybe(fc.integer({ min: 5, max: 20 })),
  hidden: fc.boolean(),
  below: maybe(fc.nat()),
});
const order = fc
  .record({ sort: fc.constantFrom(...SORTS), descending: fc.boolean() })
  .map((any) => (any.sort === 'relevance' ? RELEVANCE : any));

/** Fills a library; entries hang below folders made before them, or below one of two roots. */
function fill(
  library: SearchLibrary,
  entries: readonly { above: number; name: string; type: number; size: number; mtime: number; kind: number }[],
): number[] {
  const folders = [library.addLocation('/home/me/Pictures'), library.addLocation('/data/.hidden')];
  const first = library.nextId;
  const rows = entries.map(({ above, ...more }, at): NewEntry => {
    const row = {
      ...more,
      kind: more.type === FOLDER ? KIND_CODES.folder : more.kind,
      parent: folders[above % folders.length] ?? 0,
    };
    if (more.type === FOLDER) folders.push(first + at);
    return row;
  });
  library.add(...rows);
  return folders;
}

const scenario = fc.record({
  entries: fc.array(entry, { minLength: 1, maxLength: 60 }),
  searches: fc.array(fc.record({ text: query, filter, order, limit: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 5,
    maxLength: 15,
  }),
  /** How much of it is in the index: none, up to some entry, all. */
  indexed: fc.constantFrom('none', 'half', 'all', 'renamed'),
  renames: fc.array(fc.tuple(fc.nat(), name), { maxLength: 4 }),
  removed: fc.boolean(),
});

test('any search finds exactly what looking at every entry finds, in its order, page by page, however much is indexed', () => {
  fc.assert(
    fc.property(scenario, ({ entries, searches, indexed, renames, removed }) => {
      const library = new SearchLibrary();
      try {
        const folders = fill(library, entries);
        if (indexed !== 'none') library.build(indexed === 'half' ? Math.ceil(library.nextId / 2) : undefined);
        for (const [which, to] of renames) library.rename(3 + (which % entries.length), to);
        if (indexed === 'renamed') library.build();
        if (removed) library.write((tx) => tx.run('DELETE FROM locations WHERE id = 2'));
        for (const {
          text,
          filter: { below, ...rest },
          order: by,
          limit,
        } of searches) {
          const asked = request(text, {
            filter: { ...rest, below: below === undefined ? undefined : folders[below % folders.length] },
            order: by,
            limit,
          });
          const found = pages(library, asked);
          const expected = expectedIds(library.world.db, asked);
          assert.deepEqual(idsOf(found), expected);
          for (const page of found) assert.deepEqual(page.total, { count: expected.length, more: false });
        }
      } finally {
        library.close();
      }
    }),
    { numRuns: Number(process.env['SD_FUZZ'] ?? 30) },
  );
});

/** 3,000 entries of few different names, so that most searches have more hits than are counted. */
function crowded(gap = 0): SearchLibrary {
  const library = new SearchLibrary();
  const root = library.addLocation('/home/me');
  const names = [
    'IMG_1.jpg',
    'report.pdf',
    'my report.txt',
    'unreported',
    'report',
    'Müller report 東京.md',
    'img report',
    '__init__.py',
    '.hidden',
    'img 2 report.jpg',
  ];
  const folders = library.add(
    ...Array.from({ length: 30 }, (_, at) => ({
      parent: root,
      name: at % 5 ? `folder ${at}` : `.folder ${at}`,
      type: FOLDER,
    })),
  );
  const rows = Array.from({ length: 3000 }, (_, at) => ({
    parent: folders[(at * 7) % 30] ?? root,
    name: `${names[at % names.length]}${at % 3 ? '' : at}`,
    size: (at * 31) % 1000,
    mtime: at,
  }));
  library.add(...rows.slice(0, 1200));
  // A long way in ids, as if very many entries were not in the index yet.
  library.write((tx) => tx.run('UPDATE write_state SET next_entry_id = next_entry_id + ?', gap));
  library.add(...rows.slice(1200));
  return library;
}

const CROWDED_TEXTS = ['report', 'img', 'r', '.p', 'e', 're rt', '__init__.py', 'report.pdf', '', '東', 'müller'];
const SORTED: Order[] = [
  RELEVANCE,
  ...(['name', 'size', 'modified'] as const).flatMap((sort) => [
    { sort, descending: false },
    { sort, descending: true },
  ]),
];

const STATES = [
  { what: 'none of the names', gap: 0, indexedTo: 0 },
  { what: 'a third of the names', gap: 0, indexedTo: 1000 },
  { what: 'a third of the names and a long way to go', gap: 100_000, indexedTo: 1000 },
  { what: 'all names', gap: 0, indexedTo: Infinity },
];

for (const { what, gap, indexedTo } of STATES) {
  test(`many hits come whole and once over all pages with ${what} in the index`, () => {
    const library = crowded(gap);
    if (indexedTo > 0) library.build(Math.min(indexedTo, library.nextId));
    assert.equal(library.meta()?.mark ?? 0, Math.max(0, Math.min(indexedTo, library.nextId) - 1));
    for (const text of CROWDED_TEXTS) {
      for (const by of SORTED) {
        const asked = request(text, { order: by, limit: 97 });
        const expected = expectedIds(library.world.db, asked);
        const found = pages(library, asked);
        const ids = idsOf(found);
        assert.deepEqual(new Set(ids), new Set(expected), `${text} ${by.sort}`);
        assert.equal(ids.length, expected.length, `${text} ${by.sort}: once each`);
        if (by.sort !== 'relevance') assert.deepEqual(ids, expected);
        assert.deepEqual(found[0]?.total, {
          count: Math.min(COUNTED, expected.length),
          more: expected.length > COUNTED,
        });
        // Whatever the size of the pages, the order is the same.
        assert.deepEqual(idsOf(pages(library, { ...asked, limit: 1000 })), ids);
      }
    }
    library.close();
  });
}

test('with the whole index whole names come first however many hits there are', () => {
  const library = crowded();
  library.build();
  const [last] = library.add({ parent: 1, name: 'Report' });
  library.build();
  const { hits } = search(library.world, request('report', { limit: 1000 }));
  const exact = hits.filter(({ tier }) => tier === 0).map(({ id }) => id);
  assert.ok(exact.includes(last ?? 0));
  assert.deepEqual(
    hits.slice(0, exact.length).map(({ id }) => id),
    exact,
  );
  library.close();
});

test('a page goes on where the last one ended while entries come and go', () => {
  const library = crowded();
  library.build();
  for (const by of SORTED) {
    const asked = request('report', { order: by, limit: 200 });
    const before = expectedIds(library.world.db, asked);
    const seen: number[] = [];
    const gone = new Set<number>();
    for (let after: SearchRequest['after'], page = 0; ; page++) {
      const found = search(library.world, { ...asked, after });
      seen.push(...found.hits.map(({ id }) => id));
      if (!found.next) break;
      after = found.next;
      const removed = before.find((id) => !seen.includes(id) && !gone.has(id));
      if (removed !== undefined) library.remove(removed);
      if (removed !== undefined) gone.add(removed);
      library.add({ parent: 1, name: `new report ${page}`, size: page * 100, mtime: page });
      if (page % 2 === 0) library.build();
    }
    assert.equal(new Set(seen).size, seen.length, `${by.sort}: none twice`);
    for (const id of before) assert.ok(seen.includes(id) || gone.has(id), `${by.sort}: none lost`);
  }
  library.close();
});

test('a search that is cancelled ends', () => {
  const library = crowded();
  const check = (): void => {
    throw new Error('cancelled');
  };
  assert.throws(() => search({ ...library.world, check }, request('nothing like it')), /cancelled/);
  library.close();
});
