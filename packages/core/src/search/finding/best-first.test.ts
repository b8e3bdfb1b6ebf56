import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SearchLibrary } from '../../testing/search-fixture.ts';
import { isWorthRemembering } from '../filtering/named-ids.ts';
import { bestFirst } from './best-first.ts';
import { comparePlaces } from './order.ts';

test('the first places after one are those of the whole order', () => {
  const keys = fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(keys, fc.boolean(), fc.nat(70), fc.integer({ min: 1, max: 20 }), (made, descending, from, count) => {
      const ids = Float64Array.from(made, (_, at) => at * 2 + 1);
      const order = { sort: 'size', descending } as const;
      const all = made.map((key, at) => ({ key, id: at * 2 + 1 })).sort((a, b) => comparePlaces(a, b, order));
      const best = bestFirst(ids, Float64Array.from(made), order);
      assert.deepEqual(best(undefined, count), all.slice(0, count));
      const after = all[from];
      if (after) assert.deepEqual(best(after, count), all.slice(from + 1, from + 1 + count));
    }),
  );
});

test('the rows of many are remembered when the same is sorted again, until anything changes', () => {
  const library = new SearchLibrary();
  try {
    const root = library.addLocation('/home/me/Pictures');
    const named = (most: number) => ({ key: ['tags', most], most, entries: [], contents: [] });
    const asks = (most: number) => isWorthRemembering(library.world.db, named(most));
    assert.deepEqual([asks(200_000), asks(200_000), asks(200_000)], [false, true, true]);
    assert.deepEqual([asks(300_000), asks(300_000)], [false, false]);
    library.add({ parent: root, name: 'new' });
    assert.deepEqual([asks(200_000), asks(200_000)], [false, true]);
  } finally {
    library.close();
  }
});
