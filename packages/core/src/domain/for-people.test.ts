import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedForPeople, sizeForPeople, someForPeople, timeForPeople } from './for-people.ts';

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

test('files are not called folders, nor folders files', () => {
  const said = (count: number, folders: number) => namedForPeople({ count, folders });
  assert.deepEqual(
    [said(1, 0), said(1200, 0), said(1, 1), said(3, 1), said(3, 2), said(0, 0)],
    ['one file', '1,200 files', 'one folder', '2 files and one folder', 'one file and 2 folders', '0 files'],
  );
  const some = (count: number, folders: number) => someForPeople(2, { count, folders });
  assert.deepEqual([some(3, 0), some(3, 3), some(3, 1)], ['2 files', '2 folders', '2 items']);
});
