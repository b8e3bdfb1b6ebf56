import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatClock, formatDuration, formatRoughly, parseDuration } from './duration.ts';

test('durations are as exact as they matter', () => {
  const shown = [
    0, 340.4, 999, 1000, 2440, 59_949, 59_950, 60_000, 185_000, 3_599_400, 3_600_000, 7_860_000, 86_400_000,
    356_400_000,
  ].map(formatDuration);
  assert.deepEqual(shown, [
    '0 ms',
    '340 ms',
    '999 ms',
    '1.0 s',
    '2.4 s',
    '59.9 s',
    '1 min 00 s',
    '1 min 00 s',
    '3 min 05 s',
    '59 min 59 s',
    '1 h 00 min',
    '2 h 11 min',
    '1 d 0 h',
    '4 d 3 h',
  ]);
});

test('what is guessed is no finer than a guess', () => {
  const shown = [
    1_000, 1_873, 9_400, 9_600, 47_000, 58_000, 140_000, 575_000, 2_220_000, 3_500_000, 5_300_000, 40_000_000,
  ].map(formatRoughly);
  assert.deepEqual(shown, [
    '1 s',
    '2 s',
    '9 s',
    '10 s',
    '45 s',
    '1 min',
    '2 min',
    '10 min',
    '35 min',
    '1 h',
    '1 h 30 min',
    '11 h',
  ]);
});

test('what is left is a clock that does not show zero before the end', () => {
  assert.deepEqual([0, 1, 6_100, 760_000, 3_723_000].map(formatClock), ['0:00', '0:01', '0:07', '12:40', '1:02:03']);
});

test('ages are read', () => {
  assert.deepEqual(
    ['90s', '15min', '2h', '7d', '2w', '6m', '1y', '1.5h'].map(parseDuration),
    [90e3, 900e3, 7200e3, 604_800e3, 1_209_600e3, 15_552_000e3, 31_536_000e3, 5400e3],
  );
  assert.deepEqual(['', '7', 'd', '-1d', '7 days'].map(parseDuration), [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
