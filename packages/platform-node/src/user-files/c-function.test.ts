import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { cFunction } from './c-function.ts';

const close = cFunction('int close(int file)');
const options = { skip: close === undefined && 'no C library can be called here' };

test('what C says of a failure is thrown as Node’s own functions throw it', options, () => {
  assert.throws(() => close?.(-1), { code: 'EBADF', syscall: 'close' });
  assert.equal(cFunction('int abs(int value)')?.(-42), 42);
});

test('a function that the system does not have is none', options, () => {
  assert.equal(cFunction('int no_such_function_anywhere(int value)'), undefined);
});

test('threads call for themselves, and end in the middle of it', options, async () => {
  const source = `const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(new URL('./c-function.ts', import.meta.url).href)}).then(({ cFunction }) => {
      const abs = cFunction('int abs(int value)');
      parentPort.postMessage(abs(-7));
      for (;;) abs(-7);
    });`;
  for (let round = 0; round < 3; round++) {
    const thread = new Worker(source, { eval: true });
    assert.equal(await new Promise((resolve) => thread.once('message', resolve)), 7);
    await thread.terminate();
  }
  assert.equal(cFunction('int abs(int value)')?.(-1), 1);
});
