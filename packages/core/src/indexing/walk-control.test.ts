import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { WalkControl } from './walk-control.ts';

test('slots are taken once each, and again when they were freed', () => {
  const control = new WalkControl(4);
  const taken = [control.takeSlot(2, 2), control.takeSlot(2, 2)];
  assert.deepEqual(new Set(taken), new Set([2, 3]));
  control.freeSlot(3);
  assert.equal(control.takeSlot(2, 2), 3);
  assert.equal(control.takeSlot(0, 2), 0);
});

const WAITER = `
  import { parentPort, workerData } from 'node:worker_threads';
  const { WalkControl } = await import(workerData.module);
  const control = new WalkControl(1, workerData.memory);
  parentPort.postMessage('waits');
  parentPort.postMessage(['got', control.takeSlot(0, 1)]);
`;

/** A thread that waits for the only slot, which is taken; what it got, once `free` was called. */
async function waitFor(free: (control: WalkControl) => void): Promise<unknown> {
  const control = new WalkControl(1);
  control.takeSlot(0, 1);
  const module = new URL('./walk-control.ts', import.meta.url).href;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(WAITER)}`), {
    workerData: { module, memory: control.memory },
  });
  const messages: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message) => {
      messages.push(message);
      if (message === 'waits') free(control);
      else resolve();
    });
  });
  await worker.terminate();
  return (messages[1] as [string, unknown])[1];
}

test('who waits for a slot gets it when it is freed, and gets nothing once all is to stop', async () => {
  assert.equal(await waitFor((control) => control.freeSlot(0)), 0);
  assert.equal(await waitFor((control) => control.stop()), undefined);
});

test('after a stop there is nothing to wait for', () => {
  const control = new WalkControl(1);
  control.takeSlot(0, 1);
  control.stop();
  assert.equal(control.takeSlot(0, 1), undefined);
});
