import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Worker } from '@sd/core/ports/workers.ts';
import { nodeWorkers } from '../src/workers.ts';

const workers = nodeWorkers(new URL('./isolated-entry.ts', import.meta.url));

/** An isolated process of this test, with what it answers and how it ends. */
function isolated(context: TestContext, memoryMiB = 500): { worker: Worker; ended: Promise<Error | undefined> } {
  const worker = workers.spawn('test', { isolated: { memoryMiB }, background: true });
  // The process and its pipes do not keep a parent alive; an open port does.
  const { port1 } = new MessageChannel();
  port1.on('message', () => undefined);
  context.after(async () => {
    port1.close();
    await worker.terminate();
  });
  return { worker, ended: new Promise((resolve) => worker.onExit(resolve)) };
}

function answer(worker: Worker, message: unknown): Promise<unknown> {
  const answered = new Promise((resolve) => worker.onMessage(resolve));
  worker.post(message);
  return answered;
}

test('messages go there and back, bytes as bytes', async (context) => {
  const { worker } = isolated(context);
  const message = { text: 'a', bytes: Uint8Array.of(1, 2, 3), list: [1, undefined, new Map([[1, 2]])] };
  const echoed = (await answer(worker, { action: 'echo', argument: message })) as typeof message;
  assert.equal(echoed.text, 'a');
  assert.deepEqual([...echoed.bytes], [1, 2, 3]);
  assert.deepEqual(echoed.list, [1, undefined, new Map([[1, 2]])]);
});

test('it inherits nothing but where programs are', async (context) => {
  process.env['SD_TEST_SECRET'] = 'secret';
  context.after(() => delete process.env['SD_TEST_SECRET']);
  const { worker } = isolated(context);
  const seen = (await answer(worker, { action: 'environment' })) as Record<string, string>;
  assert.equal(seen['SD_TEST_SECRET'], undefined);
  assert.equal(seen['PATH'], process.env['PATH']);
});

test('an end by itself is told with why: an error, a crash, a kill from outside', async (context) => {
  const failing = isolated(context);
  failing.worker.post({ action: 'fail' });
  assert.match((await failing.ended)?.message ?? '', /ended with the code 1/);

  const crashing = isolated(context);
  crashing.worker.post({ action: 'crash' });
  assert.match((await crashing.ended)?.message ?? '', /SIGABRT/);

  const killed = isolated(context);
  process.kill((await answer(killed.worker, { action: 'pid' })) as number, 'SIGKILL');
  const error = await killed.ended;
  assert.match(error?.message ?? '', /ended by SIGKILL/);
  assert.equal((error as { code?: string }).code, 'UNAVAILABLE');
});

test('it says how much processor time it has used, with the programs it started', async (context) => {
  if (process.platform !== 'linux') return context.skip('this system does not say it');
  const waiting = isolated(context);
  await answer(waiting.worker, { action: 'pid' });
  const before = waiting.worker.cpuSeconds?.() ?? Number.NaN;
  await answer(waiting.worker, { action: 'pid' });
  assert.ok((waiting.worker.cpuSeconds?.() ?? Number.NaN) - before < 0.3, 'one that waits uses next to none');

  for (const action of ['loop', 'loopInChild']) {
    const busy = isolated(context);
    await answer(busy.worker, { action });
    const began = busy.worker.cpuSeconds?.() ?? Number.NaN;
    await until(() => (busy.worker.cpuSeconds?.() ?? Number.NaN) > began + 0.3);
    await busy.worker.terminate();
    assert.equal(busy.worker.cpuSeconds?.(), undefined);
  }
});

test('one that takes too much memory is ended, and says so', async (context) => {
  const { worker, ended } = isolated(context, 150);
  worker.post({ action: 'grow' });
  const error = await ended;
  // Where the parent cannot look, the process ends itself and only the signal is seen.
  if (process.platform === 'linux') assert.match(error?.message ?? '', /more than 150 MiB of memory/);
  else assert.ok(error);
});

test('one that answers without end is ended, and says so; many answers to many questions are none', async (context) => {
  if (process.platform !== 'linux') return context.skip('nobody looks there');
  const { worker, ended } = isolated(context);
  const bytes = new Uint8Array(30 * 2 ** 20);
  for (let at = 0; at < 10; at++) await answer(worker, { action: 'echo', argument: bytes });
  worker.post({ action: 'talk' });
  assert.match((await ended)?.message ?? '', /answered more than 256 MiB/);
});

test('`terminate` ends one that listens no more, and tells nobody', async (context) => {
  const { worker, ended } = isolated(context);
  const pid = (await answer(worker, { action: 'loop' })) as number;
  await worker.terminate();
  assert.equal(isAlive(pid), false);
  assert.equal(await Promise.race([ended.then(() => 'told'), Promise.resolve('not told')]), 'not told');
});

test('it ends with its parent, even killed and in the middle of work', { timeout: 120_000 }, async (context) => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./isolated-parent.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => parent.kill('SIGKILL'));
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  assert.ok(isAlive(Number(line)));
  parent.kill('SIGKILL');
  await until(() => !isAlive(Number(line)));
});

/** Whether it runs: what has ended and was not fetched by its parent yet does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('where none can be started, it is told so', async (context) => {
  const { execPath } = process;
  context.after(() => (process.execPath = execPath));
  process.execPath = '/nowhere/node';
  const { worker, ended } = isolated(context);
  assert.equal(((await ended) as { code?: string }).code, 'IO');
  await worker.terminate();
});
