import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveClock, resolveEdge } from './resolve-edge.ts';
import { readTimeRange } from './time-range.ts';

/** In the time zone of this machine, as the daemon reads them. */
function at(year: number, month: number, day: number, hour = 0): number {
  return new Date(year, month - 1, day, hour).getTime();
}
/** A Wednesday. */
const NOW = at(2024, 5, 15, 13);

function resolved(text: string): [number | undefined, number | undefined] {
  const range = readTimeRange(text);
  assert.ok(range, text);
  return [range.from && resolveEdge(range.from, NOW), range.to && resolveEdge(range.to, NOW)];
}

test('periods are those of the local calendar, ends and all', () => {
  assert.deepEqual(resolved('2024'), [at(2024, 1, 1), at(2025, 1, 1)]);
  assert.deepEqual(resolved('2024-02'), [at(2024, 2, 1), at(2024, 3, 1)]);
  assert.deepEqual(resolved('2024-12-31'), [at(2024, 12, 31), at(2025, 1, 1)]);
  assert.deepEqual(resolved('2024-02..2024-03-05'), [at(2024, 2, 1), at(2024, 3, 6)]);
  assert.deepEqual(resolved('>2024'), [at(2025, 1, 1), undefined]);
  assert.deepEqual(resolved('<=2024'), [undefined, at(2025, 1, 1)]);
  assert.deepEqual(resolved('<2024'), [undefined, at(2024, 1, 1)]);
  assert.deepEqual(resolved('0024'), [
    new Date(at(2000, 1, 1)).setFullYear(24, 0, 1),
    new Date(at(2000, 1, 1)).setFullYear(25, 0, 1),
  ]);
});

test('named periods; weeks begin on Monday', () => {
  assert.deepEqual(resolved('today'), [at(2024, 5, 15), at(2024, 5, 16)]);
  assert.deepEqual(resolved('yesterday'), [at(2024, 5, 14), at(2024, 5, 15)]);
  assert.deepEqual(resolved('this-week'), [at(2024, 5, 13), at(2024, 5, 20)]);
  assert.deepEqual(resolved('last-week'), [at(2024, 5, 6), at(2024, 5, 13)]);
  assert.deepEqual(resolved('last-month'), [at(2024, 4, 1), at(2024, 5, 1)]);
  assert.deepEqual(resolved('this-year'), [at(2024, 1, 1), at(2025, 1, 1)]);
});

test('spans count back from now, days by the calendar', () => {
  assert.deepEqual(resolved('<7d'), [at(2024, 5, 8, 13), undefined]);
  assert.deepEqual(resolved('>2h'), [undefined, at(2024, 5, 15, 11)]);
  assert.deepEqual(resolved('1m'), [at(2024, 4, 15, 13), undefined]);
  assert.deepEqual(resolved('1y..1w'), [at(2023, 5, 15, 13), at(2024, 5, 8, 13)]);
});

test('instants are as fine as they are written', () => {
  const start = Date.parse('2024-05-12T10:30Z');
  assert.deepEqual(resolved('2024-05-12T10:30Z'), [start, start + 60_000]);
  assert.deepEqual(resolved('2024-05-12T10:30:00Z'), [start, start + 1000]);
  assert.deepEqual(resolved('2024-05-12T12:30:00.000+02:00'), [start, start + 1]);
});

test('of clocks whose zone nobody knows the calendar is the same, and a moment with a zone is none', () => {
  const clock = (text: string): (number | undefined)[] => {
    const range = readTimeRange(text);
    return [range?.from && resolveClock(range.from, NOW), range?.to && resolveClock(range.to, NOW)];
  };
  assert.deepEqual(clock('2024-05'), [Date.UTC(2024, 4), Date.UTC(2024, 5)]);
  assert.deepEqual(clock('today'), [Date.UTC(2024, 4, 15), Date.UTC(2024, 4, 16)]);
  assert.deepEqual(clock('<2h'), [Date.UTC(2024, 4, 15, 11), undefined]);
  assert.deepEqual(clock('<1w'), [Date.UTC(2024, 4, 8, 13), undefined]);
  assert.deepEqual(clock('2024-05-12T23:30'), [Date.UTC(2024, 4, 12, 23, 30), Date.UTC(2024, 4, 12, 23, 31)]);
  assert.deepEqual(clock('2024-05-12T23:30Z'), [undefined, undefined]);
});

test('a month before a day that the shorter one has not is its last day', () => {
  const range = readTimeRange('<1m');
  assert.equal(range?.from && resolveEdge(range.from, at(2024, 3, 31, 9)), at(2024, 2, 29, 9));
});
