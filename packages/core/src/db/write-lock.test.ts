import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { MAIN_THREAD, WriteLock } from './write-lock.ts';

/** A thread that writes without a pause: takes the lock, holds it for a moment, takes it again. */
const GREEDY = `
  import { parentPort, workerData } from 'node:worker_threads';
  const { WriteLock } = await import(workerData.module);
  const lock = new WriteLock(workerData.owner, workerData.memory);
  const inside = new Int32Array(workerData.inside);
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; ; turn++) {
    lock.acquireBlocking();
    if (Atomics.add(inside, 0, 1) !== 0) Atomics.store(inside, 1, 1);
    if (turn === 0) parentPort.postMessage('writes');
    if (workerData.hold) Atomics.wait(nothing, 0, 0, 60_000);
    Atomics.wait(nothing, 0, 0, 2);
    Atomics.sub(inside, 0, 1);
    lock.release();
  }
`;

async function greedy(
  lock: WriteLock,
  inside: SharedArrayBuffer,
  hold = false,
): Promise<{ worker: Worker; owner: number }> {
  const owner = lock.newOwner();
  const module = new URL('./write-lock.ts', import.meta.url).href;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(GREEDY)}`), {
    workerData: { module, memory: lock.memory, owner, inside, hold },
  });
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return { worker, owner };
}

test('one writer at a time, and the main thread gets in between threads that never pause', async () => {
  const lock = new WriteLock(MAIN_THREAD);
  const inside = new SharedArrayBuffer(8);
  const cells = new Int32Array(inside);
  const threads = [await greedy(lock, inside), await greedy(lock, inside)];
  for (let turn = 0; turn < 50; turn++) {
    await lock.acquire();
    assert.equal(Atomics.add(cells, 0, 1), 0);
    Atomics.sub(cells, 0, 1);
    lock.release();
  }
  for (const { worker } of threads) await worker.terminate();
  assert.equal(cells[1], 0, 'two threads were in at once');
});

test('the lock of a thread that ended while it held it can be freed, and only that', async () => {
  const lock = new WriteLock(MAIN_THREAD);
  const { worker, owner } = await greedy(lock, new SharedArrayBuffer(8), true);
  const waiting = lock.acquire();
  await worker.terminate();
  lock.releaseFor(owner + 1);
  assert.equal(
    await Promise.race([waiting.then(() => 'in'), new Promise((resolve) => setImmediate(resolve, 'waits'))]),
    'waits',
  );
  lock.releaseFor(owner);
  await waiting;
  // Too late for what is not its own any more.
  lock.releaseFor(owner);
  assert.equal(
    await Promise.race([lock.acquire().then(() => 'in'), new Promise((resolve) => setImmediate(resolve, 'waits'))]),
    'waits',
  );
});
