import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeForPeople, timeForPeople } from './for-people.ts';

test('sizes and times are said as people read them', () => {
  assert.deepEqual([0, 1, 999, 1000, 21_800, 999_949, 999_950, 5e12].map(sizeForPeople), [
    '0 B',
    '1 B',
    '999 B',
    '1.0 kB',
    '21.8 kB',
    '999.9 kB',
    '1.0 MB',
    '5.0 TB',
  ]);
  assert.equal(timeForPeople(new Date(2026, 2, 1, 14, 5, 59).getTime()), '2026-03-01 14:05');
});
