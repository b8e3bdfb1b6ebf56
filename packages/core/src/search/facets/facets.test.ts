import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FACETS } from '../../domain/facet.ts';
import { FOLDER } from '../../domain/entry.ts';
import { searchInputSchema } from '../../domain/search-input.ts';
import { placesOf } from '../../testing/named-places.ts';
import { SaidFixture } from '../../testing/said-fixture.ts';
import { SearchLibrary } from '../../testing/search-fixture.ts';
import { askingOf } from '../asking.ts';
import { everyHit } from '../every-hit.ts';
import { countFacet } from './count-facets.ts';
import { Gathered } from './gathered.ts';
import { yearOf } from './years.ts';

const NOW = Date.UTC(2025, 0, 1);

function gather(library: SearchLibrary, query: string): Gathered {
  const world = { ...library.world, texts: undefined };
  const gathered = new Gathered();
  const asking = askingOf(searchInputSchema.parse({ query }), { world, places: placesOf(library), now: NOW });
  everyHit(world, asking, (hit) => {
    gathered.add(hit);
    return true;
  });
  return gathered;
}

function pictures(): SearchLibrary {
  const library = new SearchLibrary();
  const fixture = new SaidFixture(library);
  const roots = [library.addLocation('/home/me/Pictures'), library.addLocation('/data/My Music')];
  const contents = Array.from({ length: 12 }, () => fixture.content());
  const [folder = 0] = library.add({ parent: roots[0] ?? 0, name: '2024 Photos', type: FOLDER });
  const ids = library.add(
    ...Array.from({ length: 40 }, (_, at) => ({
      parent: at % 3 === 0 ? folder : (roots[at % 2] ?? 0),
      name: `f${at}${['.jpg', '.JPG', '.tar.gz', '.mp3', ''][at % 5]}`,
      size: [0, 5, 150_000, 2_000_000, 3_000_000_000][at % 5] ?? 0,
      mtime: Date.UTC(2020 + (at % 4), at % 12, 1 + (at % 28)) * 1000,
      ...(at % 4 === 0 ? {} : { content: contents[at % 12] ?? 0 }),
    })),
  );
  contents.forEach((content, at) => {
    fixture.media(content, {
      // The second a minute after New Year in UTC, in its camera's zone before it.
      taken_at: at % 3 === 0 ? null : Date.UTC(2018 + (at % 3), 0, 1, 0, 1),
      taken_zone: at % 3 === 2 ? '-01:00' : null,
      camera: at % 4 === 0 ? null : (['Canon EOS', 'Canon EOS R', 'Pixel "8"'][at % 3] ?? null),
    });
  });
  const top = fixture.tag('Holiday');
  const tags = [top, fixture.tag('Italy', { parents: [top] }), fixture.tag('to, do')];
  contents.slice(0, 8).forEach((content, at) => fixture.apply(tags[at % 3] ?? 0, 1, content));
  ids.slice(0, 20).forEach((id, at) => fixture.apply(tags[(at + 1) % 3] ?? 0, 0, id));
  contents.forEach((content, at) => fixture.say(1, content, { rating: at % 6 }));
  fixture.say(0, ids[1] ?? 0, { rating: 5 });
  fixture.succession(ids[4] ?? 0, contents[0] ?? 0);
  return library;
}

test('each count is that of the search narrowed by its term, over the whole result', () => {
  const library = pictures();
  try {
    for (const query of ['', 'is:file', 'tag:holiday', 'size:>1kb -tag:italy', 'rating:>=2']) {
      const gathered = gather(library, query);
      for (const facet of FACETS) {
        const { values, more } = countFacet(facet, { db: library.world.db, gathered, check: () => {}, limit: 100 });
        assert.equal(more, false);
        assert.ok(values.length > 0, `${facet} of ${query}`);
        for (const value of values)
          assert.equal(value.count, gather(library, `${query} ${value.query}`).hits.length, `${query} ${value.query}`);
      }
    }
  } finally {
    library.close();
  }
});

test('the values that most have come first, and what is left out is said', () => {
  const library = pictures();
  try {
    const gathered = gather(library, '');
    const all = countFacet('extensions', { db: library.world.db, gathered, check: () => {}, limit: 100 });
    assert.deepEqual(
      all.values.map(({ count }) => count),
      all.values.map(({ count }) => count).toSorted((a, b) => b - a),
    );
    const some = countFacet('extensions', { db: library.world.db, gathered, check: () => {}, limit: 2 });
    assert.deepEqual(some, { facet: 'extensions', values: all.values.slice(0, 2), more: true });
  } finally {
    library.close();
  }
});

test('years are those of the local calendar', () => {
  for (const year of [1, 1900, 1969, 1970, 2000, 2024, 9999])
    for (const offset of [-1, 0, 1]) {
      const time = new Date(2000, 0, 1).setFullYear(year, 0, 1) + offset;
      assert.equal(yearOf(time), new Date(time).getFullYear());
    }
});

test('counting ends where it is cancelled', () => {
  const library = pictures();
  try {
    const gathered = gather(library, '');
    const check = (): never => {
      throw new Error('cancelled');
    };
    for (const facet of FACETS)
      assert.throws(() => countFacet(facet, { db: library.world.db, gathered, check, limit: 5 }), /cancelled/);
  } finally {
    library.close();
  }
});
