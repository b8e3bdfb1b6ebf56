import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ListingOrder, type OrderedNames, firstAfter, keyAt, sortListing } from './listing-order.ts';
import { anyCharacter } from '../testing/any-character.ts';

const orders: fc.Arbitrary<ListingOrder> = fc.record({
  sort: fc.constantFrom('name', 'size', 'modified', 'kind'),
  order: fc.constantFrom('asc', 'desc'),
  folders_first: fc.boolean(),
});
const children = fc.uniqueArray(
  fc.record({
    name: fc.string({ unit: anyCharacter, maxLength: 3 }),
    type: fc.integer({ min: 0, max: 3 }),
    value: fc.integer({ min: -2, max: 2 }),
  }),
  { selector: ({ name }) => name, maxLength: 30 },
);

function listing(of: readonly { name: string; type: number; value: number }[], { sort }: ListingOrder): OrderedNames {
  const columns = { names: of.map(({ name }) => name), types: Uint8Array.from(of, ({ type }) => type) };
  return sort === 'name' ? columns : { ...columns, values: of.map(({ value }) => value) };
}

test('the order does not depend on the sequence the disk gave', () => {
  fc.assert(
    fc.property(children, orders, (given, order) => {
      const sorted = sortListing(listing(given, order), order);
      assert.deepEqual(sortListing(listing(given.toReversed(), order), order), sorted);
      assert.deepEqual([...sorted.names].toSorted(), given.map(({ name }) => name).toSorted());
      if (order.folders_first)
        assert.ok([...sorted.types].every((type, at) => type !== 1 || sorted.types[at - 1] !== 0));
    }),
  );
});

test('after an entry come exactly those that followed it, with the entry there or gone', () => {
  fc.assert(
    fc.property(children, orders, fc.nat(), (given, order, pick) => {
      if (given.length === 0) return;
      const sorted = sortListing(listing(given, order), order);
      const at = pick % given.length;
      const key = keyAt(sorted, at, order);
      assert.equal(firstAfter(sorted, key, order), at + 1);
      const without = given.filter(({ name }) => name !== key[2]);
      assert.equal(firstAfter(sortListing(listing(without, order), order), key, order), at);
    }),
  );
});
