import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { count, formatNumber, percent } from './number.ts';

test('thousands are separated', () => {
  assert.deepEqual([0, 12, 999, 1000, 12_345, 1_234_567].map(formatNumber), [
    '0',
    '12',
    '999',
    '1,000',
    '12,345',
    '1,234,567',
  ]);
  fc.assert(fc.property(fc.maxSafeNat(), (value) => assert.equal(formatNumber(value), value.toLocaleString('en-US'))));
});

test('one is not many', () => {
  assert.deepEqual(
    [count(0, 'file'), count(1, 'file'), count(2000, 'file'), count(2, 'entry', 'entries')],
    ['0 files', '1 file', '2,000 files', '2 entries'],
  );
});

test('100 % is only said when all is done', () => {
  assert.deepEqual(
    [percent(0, 0), percent(0, 10), percent(999_999, 1_000_000), percent(10, 10), percent(12, 10), percent(1, 3)],
    ['0 %', '0 %', '99 %', '100 %', '100 %', '33 %'],
  );
});
