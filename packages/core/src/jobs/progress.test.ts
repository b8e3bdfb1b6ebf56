import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../testing/manual-clock.ts';
import type { JobProgress } from './job-manager.ts';
import { PROGRESS_INTERVAL_MS, ProgressMeter } from './progress.ts';
import { NO_PROGRESS } from './record.ts';

function meter() {
  const clock = new ManualClock();
  const shown: JobProgress[] = [];
  return { clock, shown, meter: new ProgressMeter(clock, NO_PROGRESS, (progress) => void shown.push(progress)) };
}

test('a thousand reports in a second are ten pictures, and the last report is shown', () => {
  const { clock, shown, meter: it } = meter();
  for (let done = 1; done <= 1000; done++) {
    it.report({ phase: 'walk', done });
    clock.pass(1);
  }
  clock.pass(PROGRESS_INTERVAL_MS);
  assert.ok(shown.length >= 10 && shown.length <= 12, `${shown.length} pictures`);
  assert.equal(shown.at(-1)?.done, 1000);
});

test('rate and remaining time follow the last seconds, not the whole job', () => {
  const { clock, meter: it } = meter();
  let done = 0;
  const work = (seconds: number, perSecond: number): void => {
    for (let step = 0; step < seconds * 10; step++) {
      clock.pass(100);
      done += perSecond / 10;
      it.report({ phase: 'walk', done, total: 20_000 });
    }
  };
  work(10, 1000);
  assert.equal(it.latest.rate, 1000);
  work(10, 100);
  assert.equal(it.latest.rate, 100);
  assert.equal(it.latest.remaining_ms, ((20_000 - 11_000) / 100) * 1000);
});

test('the remaining time is that of the slower of count and bytes', () => {
  const { clock, meter: it } = meter();
  it.report({ phase: 'hash', done: 0, total: 10, bytes: 0, bytes_total: 10_000 });
  clock.pass(1000);
  it.report({ phase: 'hash', done: 9, total: 10, bytes: 1000, bytes_total: 10_000 });
  assert.equal(it.latest.remaining_ms, 9000);
});

test('a new phase starts a new measurement, and a resumed job does not count what it did before', () => {
  const { clock, meter: it } = meter();
  it.report({ phase: 'walk', done: 1_000_000 });
  clock.pass(1000);
  it.report({ phase: 'walk', done: 1_000_010 });
  assert.equal(it.latest.rate, 10);
  it.report({ phase: 'hash', done: 1_000_010 });
  assert.equal(it.latest.rate, 0);
});

test('after its end it shows nothing more and stands still', () => {
  const { clock, shown, meter: it } = meter();
  it.report({ phase: 'walk', done: 1, total: 10 });
  clock.pass(1000);
  it.report({ phase: 'walk', done: 5, total: 10 });
  it.report({ phase: 'walk', done: 6, total: 10 });
  const last = it.end();
  const before = shown.length;
  clock.pass(10_000);
  assert.equal(shown.length, before);
  assert.deepEqual(last, { phase: 'walk', done: 6, total: 10, bytes: 0, rate: 0 });
});
