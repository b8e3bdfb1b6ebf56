import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatSize, parseSize } from './size.ts';

test('sizes are decimal, with one decimal below 100 and none above', () => {
  const shown = [
    0, 1, 999, 1000, 1049, 1050, 99_949, 99_950, 999_499, 999_500, 1_234_567, 1.2e9, 82_100_000_000, 9.99e14, 1.5e15,
    2e18,
  ].map(formatSize);
  assert.deepEqual(shown, [
    '0 B',
    '1 B',
    '999 B',
    '1.0 kB',
    '1.0 kB',
    '1.1 kB',
    '99.9 kB',
    '100 kB',
    '999 kB',
    '1.0 MB',
    '1.2 MB',
    '1.2 GB',
    '82.1 GB',
    '999 TB',
    '1.5 PB',
    '2000 PB',
  ]);
});

test('no size is shown with four digits below a petabyte', () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_000_000_000_000 }), (bytes) =>
      assert.match(formatSize(bytes), /^\d{1,3}(\.\d)? (B|kB|MB|GB|TB|PB)$/),
    ),
  );
});

test('what is typed as a size is read, in decimal and binary units', () => {
  for (const [text, bytes] of [
    ['0', 0],
    ['4096', 4096],
    ['10MB', 1e7],
    ['10 mb', 1e7],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['2k', 2000],
    ['2KiB', 2048],
    ['.5k', 500],
    ['7 B', 7],
  ] as const)
    assert.equal(parseSize(text), bytes, text);
  for (const text of ['', 'MB', '-1', '1 000', '1e3', '10XB', '1.2.3', '99999999PB'])
    assert.equal(parseSize(text), undefined, text);
});
