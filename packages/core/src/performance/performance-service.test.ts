import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PerformanceSetting } from '../domain/settings.ts';
import type { Log } from '../ports/log.ts';
import type { Worker, Workers } from '../ports/workers.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { limitsOf } from './limits.ts';
import { PerformanceService } from './performance-service.ts';

const quiet = (): void => {};
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => log };

function bench(cores = 8) {
  const clock = new ManualClock();
  const world = { setting: 'balanced' as PerformanceSetting, onBattery: false as boolean | undefined };
  const spawned: Parameters<Workers['spawn']>[1][] = [];
  const workers: Workers = {
    threads: () => cores,
    spawn: (_role, options) => (spawned.push(options), {} as Worker),
  };
  const service = new PerformanceService({
    workers,
    clock,
    log,
    setting: () => world.setting,
    power: { onBattery: async () => world.onBattery },
  });
  const changes: string[] = [];
  service.onChange(() => changes.push(service.status().effective));
  return { clock, world, spawned, service, changes };
}

test('more is never less: each setting allows at least what the gentler one does, on any machine', () => {
  for (let cores = 1; cores <= 64; cores++) {
    const [gentle, balanced, full] = (['gentle', 'balanced', 'full'] as const).map((one) => limitsOf(one, cores));
    for (const [less, more] of [
      [gentle, balanced],
      [balanced, full],
    ] as const) {
      assert.ok(less && more && less.jobs <= more.jobs && less.threads <= more.threads);
      assert.ok(less.cachePercent < more.cachePercent && less.niceness > more.niceness);
      assert.ok(less.threads >= 1 && more.threads <= cores);
    }
  }
});

test('on battery it is gentle, and says why; plugged in, it is as it was set', async () => {
  const { service, world, clock, changes } = bench();
  await service.start();
  assert.deepEqual(service.status(), { setting: 'balanced', effective: 'balanced', reason: 'setting' });
  world.onBattery = true;
  clock.pass(60_000);
  await new Promise(setImmediate);
  assert.deepEqual(service.status(), { setting: 'balanced', effective: 'gentle', reason: 'on battery' });
  world.setting = 'full';
  service.settingChanged();
  assert.deepEqual(changes, ['gentle']);
  world.onBattery = undefined;
  clock.pass(60_000);
  await new Promise(setImmediate);
  assert.deepEqual(changes, ['gentle', 'full']);
  assert.deepEqual(service.status(), { setting: 'full', effective: 'full', reason: 'setting' });
  service.stop();
});

test('threads of background work are as many, as nice, and of as much memory as is set', () => {
  const { service, world, spawned } = bench(8);
  assert.equal(service.workers.threads(), 6);
  service.workers.spawn('hasher', { background: true });
  assert.deepEqual([spawned[0]?.niceness, spawned[0]?.pace], [10, service.pace.memory]);
  world.setting = 'gentle';
  service.settingChanged();
  assert.equal(service.workers.threads(), 2);
  service.workers.spawn('media', { isolated: { memoryMiB: 1 } });
  assert.deepEqual([spawned[1]?.niceness, spawned[1]?.pace], [19, undefined], 'shared memory does not reach it');
  service.workers.spawn('reader');
  assert.deepEqual(spawned[2], {}, 'who answers people is not slowed down');
});
