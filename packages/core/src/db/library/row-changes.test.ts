import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeChanges, encodeChanges } from './row-changes.ts';
import type { RowChange, UserRow } from './user-rows.ts';

const anyValue = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
  fc.string(),
  fc.uint8Array({ maxLength: 20 }),
  fc.constant(null),
);
const PLAIN = { noNullPrototype: true };
const anyRow = (columns: readonly string[]): fc.Arbitrary<UserRow> =>
  fc.record(Object.fromEntries(columns.map((column) => [column, anyValue])), PLAIN);
const anyChange = (table: RowChange['table'], columns: readonly string[]): fc.Arbitrary<RowChange> =>
  fc.record(
    { table: fc.constant(table), before: fc.option(anyRow(columns)), after: fc.option(anyRow(columns)) },
    PLAIN,
  );

test('changes of rows come back as they were, those of one table together', () => {
  const any = fc.array(
    fc.oneof(anyChange('tags', ['id', 'name', 'uuid']), anyChange('tag_links', ['tag_id', 'other_id'])),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(any, (changes) => {
      const some = changes.filter(({ before, after }) => before !== null || after !== null);
      const back = decodeChanges(encodeChanges(some));
      for (const table of ['tags', 'tag_links'] as const)
        assert.deepEqual(
          back.filter((change) => change.table === table),
          some.filter((change) => change.table === table),
        );
    }),
  );
});

test('ten thousand rows that say the same of different targets take a few bytes each', () => {
  const changes = Array.from({ length: 10_000 }, (_, at): RowChange => {
    const row = {
      tag_id: 1_795_253_754_875,
      scope: 1,
      target_id: at * 7,
      source: 'user',
      device_id: new Uint8Array(16),
    };
    return { table: 'tag_applications', before: null, after: row };
  });
  assert.ok(encodeChanges(changes).length < 50_000);
});
