import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FOLDER } from '../domain/entry.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { parseQuery } from '../domain/query/parse.ts';
import { searchInputSchema } from '../domain/search-input.ts';
import type { SdError } from '../errors.ts';
import { expectedOfQuery } from '../testing/query-oracle.ts';
import { placesOf } from '../testing/named-places.ts';
import { SaidFixture } from '../testing/said-fixture.ts';
import { SearchLibrary } from '../testing/search-fixture.ts';
import { type Asking, askingOf } from './asking.ts';
import { everyHit } from './every-hit.ts';
import { search } from './search.ts';

const NOW = Date.UTC(2024, 5, 15, 12);

function asking(library: SearchLibrary, query: string, more: object = {}): Asking {
  const input = searchInputSchema.parse({ query, ...more });
  return askingOf(input, { world: library.world, places: placesOf(library), now: NOW });
}
function found(library: SearchLibrary, query: string, more: object = {}): number[] {
  const ids: number[] = [];
  everyHit({ ...library.world, texts: undefined }, asking(library, query, more), ({ id }) => ids.push(id) > 0);
  return ids.sort((a, b) => a - b);
}
function paged(library: SearchLibrary, query: string, limit: number, sort: 'relevance' | 'name' | 'size'): number[] {
  const { text, filter } = asking(library, query);
  const ids: number[] = [];
  let after: Parameters<typeof search>[1]['after'];
  do {
    const page = search(library.world, { text, filter, order: { sort, descending: sort === 'size' }, limit, after });
    ids.push(...page.hits.map(({ id }) => id));
    if (page.next === undefined && !page.total.more) assert.equal(page.total.count, ids.length);
    after = page.next;
  } while (after);
  assert.equal(new Set(ids).size, ids.length, 'none comes twice');
  return ids.sort((a, b) => a - b);
}

const TAGS = ['Holiday', 'Italy', 'Rome', 'Work', 'Secret', 'Deep secret'];
const TERMS = [
  ...['a', 'b', 'img', '"a b"', '.jpg', 'name:im', 'name:*.jpg', 'name:"*"', 'name:?b*', 'ext:jpg', 'ext:jpg,pdf'],
  ...[
    'type:image',
    'type:folder',
    'type:video,file',
    'type:symlink',
    'is:file',
    'is:folder',
    'is:empty',
    'is:duplicate',
  ],
  ...['is:hidden', 'is:favorite', 'is:tagged', 'is:rated', 'is:noted', 'is:located'],
  ...['tag:holiday', 'tag:italy', 'tag:=italy', 'tag:rome,work', 'tag:=holiday', 'tag:secret', 'tag:"deep secret"'],
  ...[
    'rating:3',
    'rating:>=3',
    'rating:0',
    'rating:0..2',
    'rating:<5',
    'note:hello',
    'collection:best',
    'collection:best,other',
  ],
  ...['size:>5', 'size:0', 'size:3..9', 'modified:2024', 'modified:<2m', 'modified:2023..2024-03', 'modified:>30d'],
  ...[
    'taken:2023',
    'taken:>=2024',
    'taken:2023-07',
    'taken:2023-06-30T20:00..2024-02-01T00:00Z',
    'camera:canon',
    'camera:nik,can',
    'width:>1000',
    'height:<=800',
    'duration:>10s',
  ],
  ...[
    'dimensions:>=800x600',
    'dimensions:1000x800',
    'place:40,10..50,20',
    'place:40,170..50,-170',
    'in:sub',
    'in:img/sub',
    'in:a,b',
  ],
  ...['location:Pictures', 'location:Other'],
];
const term = fc.constantFrom(...TERMS);
const unary = fc.oneof({ weight: 4, arbitrary: term }, { weight: 1, arbitrary: term.map((one) => `-${one}`) });
const either = fc.array(unary, { minLength: 2, maxLength: 3 }).map((parts) => `(${parts.join(' OR ')})`);
const both = fc.array(unary, { minLength: 2, maxLength: 3 }).map((parts) => `(${parts.join(' ')})`);
const query = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: unary },
      { weight: 2, arbitrary: either },
      { weight: 1, arbitrary: either.map((group) => `-${group}`) },
      { weight: 1, arbitrary: fc.tuple(unary, both).map(([one, group]) => `${one} OR ${group}`) },
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(' '));

const times = [Date.UTC(2022, 6, 1), Date.UTC(2023, 6, 1), Date.UTC(2024, 1, 1), Date.UTC(2024, 4, 20), NOW - 1000];
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null, freq: 2 });
const entry = fc.record({
  above: fc.nat(),
  name: fc.constantFrom('a', 'b', 'a b', 'img', 'sub', 'img_1.jpg', 'b.JPG', 'x.pdf', '.hidden', 'ÄB.jpg', '*'),
  type: fc.constantFrom(0, 0, 0, FOLDER, FOLDER, 2),
  kind: fc.constantFrom(KIND_CODES.image, KIND_CODES.video, KIND_CODES.document),
  size: fc.constantFrom(0, 1, 3, 6, 9, 5000),
  time: fc.constantFrom(...times),
  content: maybe(fc.nat(5)),
});
const media = fc.record({
  taken_at: maybe(fc.constantFrom(...times)),
  taken_zone: maybe(fc.constantFrom('+02:00', '-05:30')),
  camera: maybe(fc.constantFrom('Canon EOS', 'NIKON', 'Pixel')),
  width: maybe(fc.constantFrom(800, 1000, 4000)),
  height: maybe(fc.constantFrom(600, 800)),
  duration_ms: maybe(fc.constantFrom(5000, 60_000)),
  latitude: maybe(fc.constantFrom(41, 45, 60)),
  longitude: maybe(fc.constantFrom(12, 175, -175)),
});
const target = fc.record({ scope: fc.constantFrom(0 as const, 1 as const), target: fc.nat() });
const said = fc.record({
  at: target,
  favorite: maybe(fc.constantFrom(0, 1)),
  rating: maybe(fc.nat(5)),
  hidden: maybe(fc.constantFrom(0, 0, 1)),
  note: maybe(fc.constantFrom('Hello there', 'other')),
});
const world = fc.record({
  entries: fc.array(entry, { minLength: 1, maxLength: 30 }),
  media: fc.array(media, { maxLength: 6 }),
  applied: fc.array(fc.record({ tag: fc.nat(5), at: target }), { maxLength: 12 }),
  said: fc.array(said, { maxLength: 8 }),
  collected: fc.array(fc.record({ collection: fc.nat(1), at: target }), { maxLength: 6 }),
  edited: fc.array(fc.record({ entry: fc.nat(), content: fc.nat() }), { maxLength: 2 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function fill(library: SearchLibrary, { entries, ...rest }: World): void {
  const fixture = new SaidFixture(library);
  const folders = [library.addLocation('/home/me/Pictures'), library.addLocation('/data/Other')];
  const contents = Array.from({ length: 6 }, () => fixture.content());
  const first = library.nextId;
  const ids = library.add(
    ...entries.map(({ above, name, type, kind, size, time, content }, at) => {
      const parent = folders[above % folders.length] ?? 0;
      if (type === FOLDER) folders.push(first + at);
      return {
        parent,
        name,
        type,
        ...(type === FOLDER ? {} : { kind, size }),
        mtime: time * 1000,
        ...(type === 0 && content !== null ? { content: contents[content] ?? 0 } : {}),
      };
    }),
  );
  const all = [...folders.slice(0, 2), ...ids];
  const idOf = ({ scope, target: at }: { scope: 0 | 1; target: number }): [0 | 1, number] => {
    const of = scope === 0 ? all : contents;
    return [scope, of[at % of.length] ?? 0];
  };
  rest.media.forEach((facts, at) => fixture.media(contents[at] ?? 0, facts));
  const holiday = fixture.tag('Holiday');
  const italy = fixture.tag('Italy', { parents: [holiday], aliases: ['Italia'] });
  const secret = fixture.tag('Secret', { kind: 'privacy' });
  const [rome, work] = [fixture.tag('Rome', { parents: [italy] }), fixture.tag('Work')];
  const tags = [holiday, italy, rome, work, secret, fixture.tag('Deep secret', { parents: [secret, italy] })];
  assert.equal(tags.length, TAGS.length);
  for (const { tag, at } of rest.applied) fixture.apply(tags[tag] ?? 0, ...idOf(at));
  for (const { at, ...what } of rest.said) fixture.say(...idOf(at), what);
  const collections = [fixture.collection('best'), fixture.collection('other')];
  for (const { collection, at } of rest.collected) fixture.collect(collections[collection] ?? 0, ...idOf(at));
  for (const { entry: at, content } of rest.edited)
    fixture.succession(ids[at % ids.length] ?? 0, contents[content % contents.length] ?? 0);
}

function expected(library: SearchLibrary, text: string, options: { private?: boolean } = {}): number[] {
  const parsed = parseQuery(text);
  assert.ok(parsed.ok, text);
  return expectedOfQuery(library.world.db, parsed.value, { now: NOW, ...options });
}

/** A folder of a name that nothing has is refused, which the oracle does not know of. */
function refuses(library: SearchLibrary, text: string): boolean {
  try {
    asking(library, text);
    return false;
  } catch (error) {
    assert.equal((error as { code: string }).code, 'NOT_FOUND');
    assert.match(text, /in:/);
    return true;
  }
}

test('any query finds exactly what looking at every entry finds', () => {
  fc.assert(
    fc.property(
      world,
      fc.array(query, { minLength: 10, maxLength: 10 }),
      fc.boolean(),
      fc.nat(),
      (made, queries, indexed, removed) => {
        const library = new SearchLibrary();
        try {
          fill(library, made);
          if (indexed) library.build();
          if (removed % 5 === 0) library.write((tx) => void tx.run("DELETE FROM locations WHERE name = 'Other'"));
          for (const [at, text] of queries.entries()) {
            if ((removed % 5 === 0 && text.includes('Other')) || refuses(library, text)) continue;
            assert.deepEqual(found(library, text), expected(library, text), text);
            assert.deepEqual(found(library, text, { private: true }), expected(library, text, { private: true }), text);
            const sort = (['relevance', 'name', 'size'] as const)[at % 3] ?? 'name';
            assert.deepEqual(paged(library, text, 1 + (at % 4), sort), expected(library, text), `${text} by ${sort}`);
          }
        } finally {
          library.close();
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('what was remembered of many rows is looked up anew once anything has changed', () => {
  const library = new SearchLibrary();
  try {
    const fixture = new SaidFixture(library);
    const root = library.addLocation('/home/me/Pictures');
    const tag = fixture.tag('many');
    const contents = Array.from({ length: 700 }, () => fixture.content());
    const ids = library.add(
      ...contents.map((content, at) => ({
        parent: root,
        name: `file ${at}.jpg`,
        size: at % 7,
        mtime: at * 1e6,
        content,
      })),
    );
    for (const content of contents) fixture.apply(tag, 1, content);
    const asked = ['tag:many size:>3', 'tag:many -size:>3 type:image', 'tag:many size:3 name:9', '-tag:many'];
    const check = (): void => {
      for (const text of asked) {
        assert.deepEqual(found(library, text), expected(library, text), text);
        assert.deepEqual(paged(library, text, 97, 'size'), expected(library, text), text);
      }
    };
    check();
    check();
    library.write((tx) => void tx.run('UPDATE entries SET size = 9 WHERE id % 3 = 0'));
    check();
    library.remove(ids[5] ?? 0);
    fixture.apply(tag, 0, root);
    check();
    library.write((tx) => {
      tx.run('DELETE FROM tag_applications WHERE target_id % 2 = 0');
      tx.logged('tag_applications', new Uint8Array(16), null);
    });
    check();
    library.setRevision(1);
    check();
  } finally {
    library.close();
  }
});

test('a day of taken: is that of the camera’s clock, whatever its zone', () => {
  const library = new SearchLibrary();
  try {
    const fixture = new SaidFixture(library);
    const root = library.addLocation('/home/me/Pictures');
    const shown: [clock: string, zone: string | null][] = [
      ['2024-04-30T23:59:59.999', null],
      ['2024-05-01T00:00:00.000', null],
      ['2024-05-01T00:10:00.000', '+13:45'],
      ['2024-05-01T23:59:59.999', '-09:30'],
      ['2024-05-02T00:00:00.000', '-09:30'],
      ['2024-05-02T00:00:00.000', '+02:00'],
    ];
    const ids = library.add(
      ...shown.map(([clock, zone], at) => {
        const content = fixture.content();
        fixture.media(content, { taken_at: Date.parse(`${clock}${zone ?? 'Z'}`), taken_zone: zone });
        return { parent: root, name: `${at}.jpg`, content };
      }),
    );
    assert.deepEqual(found(library, 'taken:2024-05-01'), ids.slice(1, 4));
    assert.deepEqual(found(library, 'taken:<2024-05'), ids.slice(0, 1));
    assert.deepEqual(found(library, 'taken:2024-05-02'), ids.slice(4));
    assert.deepEqual(found(library, 'taken:2024-05-01T23:59'), ids.slice(3, 4));
    // With a zone it is a moment; what a clock without one showed is read as UTC.
    assert.deepEqual(found(library, 'taken:<2024-05-01T00:00Z'), [ids[0], ids[2]]);
  } finally {
    library.close();
  }
});

test('what is not there is pointed at, with what was meant or what there is', () => {
  const library = new SearchLibrary();
  try {
    const fixture = new SaidFixture(library);
    library.addLocation('/home/me/Pictures');
    const refused = (text: string, suggestion: string | undefined, wayOut: RegExp): void => {
      assert.throws(
        () => asking(library, text),
        (error: SdError) => {
          assert.equal(error.code, 'NOT_FOUND');
          assert.match(String(error.data['way_out']), wayOut);
          const {
            start,
            length,
            suggestion: meant,
          } = error.data['query'] as { start: number; length: number; suggestion?: string };
          assert.equal(text.slice(start, start + length), text.slice(text.indexOf(':') + 1));
          assert.equal(meant, suggestion);
          return true;
        },
      );
    };
    refused('collection:best', undefined, /there is no collection yet/);
    fixture.collection('The very best');
    refused('collection:best', '"The very best"', /did you mean "The very best"\?/);
    fixture.tag('Holiday');
    fixture.tag('Hidden', { kind: 'privacy' });
    refused('tag:holidy', 'Holiday', /did you mean Holiday\?/);
    refused('tag:work', undefined, /^there is Holiday$/);
    refused('location:Music', undefined, /^there is Pictures$/);
    refused('in:Music', undefined, /whole path/);
  } finally {
    library.close();
  }
});
