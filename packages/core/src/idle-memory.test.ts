import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventBus } from './events.ts';
import { IdleMemory } from './idle-memory.ts';
import { ManualClock } from './testing/manual-clock.ts';

test('memory is given back after the start, and once after the last job, not while one runs', () => {
  const clock = new ManualClock();
  const events = new EventBus('test', () => clock.now());
  let [given, busy] = [0, false];
  const memory = new IdleMemory({ events, clock, isBusy: () => busy, asked: () => 0, giveBack: () => given++ });
  clock.pass(5_300);
  assert.equal(given, 1);
  busy = true;
  events.publish({ resource: 'job', change: 'updated' });
  clock.pass(60_000);
  assert.equal(given, 1, 'a job runs');
  busy = false;
  events.publish({ resource: 'job', change: 'updated' }, { resource: 'job', change: 'updated' });
  clock.pass(60_000);
  assert.equal(given, 2);
  memory.stop();
  events.publish({ resource: 'job', change: 'updated' });
  clock.pass(60_000);
  assert.equal(given, 2);
});

test('while somebody asks for things, memory stays', () => {
  const clock = new ManualClock();
  const events = new EventBus('test', () => clock.now());
  let [given, asked] = [0, 0];
  const memory = new IdleMemory({ events, clock, isBusy: () => false, asked: () => asked, giveBack: () => given++ });
  clock.pass(5_000);
  for (; asked < 100; asked++) clock.pass(250);
  assert.equal(given, 0);
  clock.pass(600);
  assert.equal(given, 1);
  clock.pass(60_000);
  assert.equal(given, 1);
  memory.stop();
});
