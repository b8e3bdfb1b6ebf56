import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { PaceSetter, SharedPace } from './pace.ts';

test('nobody waits where nothing is being answered', async () => {
  const setter = new PaceSetter();
  const pace = new SharedPace(setter.memory, () => assert.fail('it looked at the clock'));
  pace.giveWay();
  await setter.answer(async () => {});
  pace.giveWay();
});

test('a long answer holds the work up once, and not again', async () => {
  const setter = new PaceSetter();
  const { now } = performance;
  const pace = new SharedPace(setter.memory, () => now.call(performance));
  let answer = (): void => {};
  const answered = setter.answer(() => new Promise<void>((resolve) => (answer = resolve)));
  const began = performance.now();
  pace.giveWay();
  const waited = performance.now() - began;
  assert.ok(waited >= 35 && waited < 1_000, `${waited} ms`);
  const again = performance.now();
  for (let turn = 0; turn < 1_000; turn++) pace.giveWay();
  assert.ok(performance.now() - again < 35);
  answer();
  await answered;
});

test('what was waited is worked before the next wait: at most half of the time is given away', async () => {
  const setter = new PaceSetter();
  let time = 0;
  // Each look at the clock takes 20 ms.
  const pace = new SharedPace(setter.memory, () => (time += 20));
  await setter.answer(async () => pace.giveWay());
  const waited = time;
  assert.ok(waited >= 40);
  await setter.answer(async () => pace.giveWay());
  assert.equal(time - waited, 20, 'one look at the clock, no wait');
  time += waited;
  await setter.answer(async () => pace.giveWay());
  assert.ok(time > 3 * waited);
});

test('a thread that gives way goes on as soon as the answer is out', async () => {
  const setter = new PaceSetter();
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ SharedPace }) => {
      const pace = new SharedPace(workerData.memory, () => performance.now());
      parentPort.postMessage('ready');
      while (!Atomics.load(workerData.go, 0)) {}
      pace.giveWay();
      parentPort.postMessage('on');
    });`;
  const go = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(source, {
    eval: true,
    workerData: { module: new URL('pace.ts', import.meta.url).href, memory: setter.memory, go },
  });
  const said = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve));
  await said();
  let heard: Promise<unknown> = Promise.resolve();
  await setter.answer(async () => {
    heard = said();
    Atomics.store(go, 0, 1);
    await new Promise(setImmediate);
  });
  const began = performance.now();
  await heard;
  assert.ok(performance.now() - began < 1_000);
  await worker.terminate();
});

test('the size of caches follows the setting', () => {
  const setter = new PaceSetter();
  const pace = new SharedPace(setter.memory, () => 0);
  assert.equal(pace.cacheKiB(4096), 4096);
  setter.cachePercent = 50;
  assert.equal(pace.cacheKiB(4096), 2048);
});
