import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeById } from './merge-by-id.ts';

const series = fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }), { maxLength: 8 }).map((chunks) => {
  const ids = [...new Set(chunks.flat())].sort((a, b) => a - b);
  const lengths = chunks.map(({ length }) => length);
  return lengths.map((length) => ids.splice(0, length).map((id) => ({ id })));
});

test('two series merge into one by id, without doubles, losing none', () => {
  fc.assert(
    fc.property(series, series, (one, other) => {
      const merged = [...mergeById(one, other)].flat().map(({ id }) => id);
      const expected = [...new Set([...one, ...other].flat().map(({ id }) => id))].sort((a, b) => a - b);
      assert.deepEqual(merged, expected);
    }),
  );
});

test('what is at hand is given before more is fetched', () => {
  let fetched = 0;
  function* chunks(): Generator<{ id: number }[]> {
    for (let id = 1; id <= 10; id++) {
      fetched++;
      yield [{ id }];
    }
  }
  for (const [first] of mergeById(chunks(), [])) {
    assert.equal(first?.id, 1);
    break;
  }
  assert.ok(fetched <= 2);
});
