import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAgo, formatDate, parseDate } from './date.ts';

const now = new Date(2026, 2, 1, 14, 5, 9, 123).getTime();

test('dates are local and sort as they read', () => {
  assert.equal(formatDate(now), '2026-03-01 14:05');
  assert.equal(formatDate(Number.NaN), '?');
});

test('what is long ago, or in the future, is shown as a date', () => {
  const ages = [0, 44, 46, 3599, 7200, 86_400 * 3, 86_400 * 30, -60].map((seconds) =>
    formatAgo(now - seconds * 1000, now),
  );
  assert.deepEqual(ages, [
    'just now',
    'just now',
    '1 min ago',
    '60 min ago',
    '2 h ago',
    '3 d ago',
    '2026-01-30 14:05',
    '2026-03-01 14:06',
  ]);
});

test('dates and ages are read as local time', () => {
  assert.equal(parseDate('2026-03-01', now), new Date(2026, 2, 1).getTime());
  assert.equal(parseDate('2026-03-01 14:05', now), new Date(2026, 2, 1, 14, 5).getTime());
  assert.equal(parseDate('2026-03-01T13:05:00Z', now), Date.UTC(2026, 2, 1, 13, 5));
  assert.equal(parseDate('7d', now), now - 7 * 86_400_000);
  for (const text of ['', 'yesterday', '2026-13-01', '2026-02-30', '2026', '1.3.2026'])
    assert.equal(parseDate(text, now), undefined, text);
});
