import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Regular } from './regular.ts';
import { ManualClock } from './testing/manual-clock.ts';

const MINUTE = 60_000;

test('soon after the start, then once a day, until the library closes', () => {
  const clock = new ManualClock();
  const done: string[] = [];
  const regular = new Regular(clock, (library) => done.push(library));
  regular.start('a');
  clock.pass(5 * MINUTE);
  regular.start('b');
  assert.deepEqual(done, []);
  clock.pass(10 * MINUTE);
  assert.deepEqual(done, ['a', 'b']);
  regular.stop('a');
  clock.pass(2 * 24 * 60 * MINUTE);
  assert.deepEqual(done, ['a', 'b', 'b', 'b']);
  regular.stop('b');
  assert.equal(clock.timers, 0);
});
