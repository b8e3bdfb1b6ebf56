import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Worker } from '../../platform.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { Carrier } from './carrier.ts';
import type { ToCarrier } from './protocol.ts';

/** Wants the index as soon as it has a plan, is given it, and hangs in a call of the system for good. */
function hangingThread(): Worker {
  let say: (message: unknown) => void = () => {};
  return {
    post: (message) => {
      if ((message as ToCarrier).type === 'carry-out') say({ type: 'want-turn' });
    },
    onMessage: (listener) => void (say = listener),
    onExit: () => {},
    terminate: () => new Promise<void>(() => {}),
  };
}

test('a thread that never ends is given up: its plan is left off, and others have the index again', async () => {
  const clock = new ManualClock();
  let turns = 0;
  const carrier = new Carrier({
    worker: hangingThread(),
    library: {} as never,
    clock,
    turn: async () => {
      turns++;
      return () => void turns--;
    },
    changed: () => {},
    ended: () => {},
  });
  const stop = new AbortController();
  const plan = carrier.run('carry-out', {
    plan: 'a plan',
    receipt: 'a receipt',
    resumed: false,
    places: [],
    signal: stop.signal,
    onBegun: () => {},
    onProgress: () => {},
    onLeft: () => {},
  });
  await Promise.resolve();
  assert.equal(turns, 1);
  stop.abort();
  clock.pass(3_000);
  await assert.rejects(plan, { code: 'CANCELLED' });
  assert.equal(carrier.usable, false);
  const closed = carrier.close();
  assert.equal(turns, 1);
  clock.pass(1_000);
  await closed;
  assert.equal(turns, 0);
  assert.equal(clock.timers, 0);
});
