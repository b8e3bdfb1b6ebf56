import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WriteLock } from '../db/write-lock.ts';
import type { Library } from '../libraries/library.ts';
import type { Log } from '../ports/log.ts';
import type { Worker } from '../ports/workers.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { LibraryWatcher } from './library-watcher.ts';
import type { ToWatcher } from './protocol.ts';
import type { WatchServiceParts } from './watch-service.ts';

test('nobody waits for a thread that has ended, nor for one that is still to take its place', async () => {
  let end = (_: Error): void => {};
  let settle = (): void => {};
  const asked = new Promise<void>((resolve) => (settle = resolve));
  const worker: Worker = {
    post: (message) => void ((message as ToWatcher).type === 'settle' && settle()),
    onMessage() {},
    onExit: (listener) => void (end = listener),
    terminate: async () => {},
  };
  const log: Partial<Log> = { error() {} };
  const clock = new ManualClock();
  const parts: Partial<WatchServiceParts> = {
    workers: { threads: () => 1, spawn: () => worker },
    clock,
    log: log as Log,
    options: {},
    unwatchable: async () => ({}),
  };
  const library: Partial<Library> = {
    id: 'one',
    access: { lock: new WriteLock(1).memory } as Library['access'],
  };
  const watcher = new LibraryWatcher(parts as WatchServiceParts, library as Library, () => {});
  const waiting = watcher.settled();
  await asked;
  end(new Error('out of memory'));
  await waiting;
  await watcher.settled();
  assert.match(watcher.error ?? '', /out of memory/);
  assert.equal(clock.timers, 1, 'another thread is begun later');
});
