import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothingCarried } from '../../domain/carried.ts';
import type { Worker } from '../../ports/workers.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { Carrier, type CarryRequest } from './carrier.ts';
import { Carriers } from './carriers.ts';
import type { ToCarrier } from './protocol.ts';

function request(plan: string, signal = new AbortController().signal): CarryRequest {
  const nobody = (): void => {};
  return {
    plan,
    receipt: 'a receipt',
    resumed: false,
    places: [],
    signal,
    onBegun: nobody,
    onProgress: nobody,
    onLeft: nobody,
  };
}

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
  const plan = carrier.run('carry-out', request('a plan', stop.signal));
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

/** Threads that say what they are told to do, and come to the end of it when `end` is called. */
function toldThreads() {
  const under: { readonly told: string; end(): void }[] = [];
  const spawn = (): Worker => {
    let say: (message: unknown) => void = () => {};
    return {
      post: (message) => {
        const told = message as ToCarrier;
        if (told.type === 'close') say({ type: 'closed' });
        if (told.type !== 'carry-out' && told.type !== 'tidy') return;
        const end = { finished: true, carried: nothingCarried(), problems: { count: 0, named: [] } };
        under.push({ told: `${told.type} ${told.task.plan}`, end: () => say({ type: 'end', end }) });
      },
      onMessage: (listener) => void (say = listener),
      onExit: () => {},
      terminate: async () => {},
    };
  };
  return { under, workers: { threads: () => 2, spawn } };
}

/** For what is to be told by now. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('one plan is in one thread at a time; another does not wait for it', async () => {
  const { under, workers } = toldThreads();
  const clock = new ManualClock();
  const carriers = new Carriers({ workers, clock, log: {} as never, turn: async () => undefined, changed: () => {} });
  const library = { id: 'a library', folder: '/library', access: { lock: new SharedArrayBuffer(12) } } as never;
  const told = () => under.map((one) => one.told);
  const stop = new AbortController();
  const tidied = carriers.tidy(library, request('one'));
  const carried = carriers.carryOut(library, request('one'));
  const stopped = carriers.carryOut(library, request('one', stop.signal));
  const other = carriers.carryOut(library, request('other'));
  await turn();
  assert.deepEqual(told(), ['tidy one', 'carry-out other']);
  under[0]?.end();
  await tidied;
  await turn();
  assert.deepEqual(told(), ['tidy one', 'carry-out other', 'carry-out one']);
  stop.abort();
  for (const { end } of under) end();
  assert.deepEqual([(await carried).finished, (await other).finished], [true, true]);
  await assert.rejects(stopped, { code: 'CANCELLED' });
  assert.equal(under.length, 3);
  await carriers.stop();
});
