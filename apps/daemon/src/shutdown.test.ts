import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import type { DaemonLog } from './log.ts';
import { DEADLINE_MS, Shutdown } from './shutdown.ts';

test('closes in reverse, one after the other, and goes on over a failure', async () => {
  const done: string[] = [];
  const failures: unknown[] = [];
  const shutdown = new Shutdown();
  shutdown.add('first', () => void done.push('first'));
  shutdown.add('second', () => {
    throw new Error('no');
  });
  shutdown.add('third', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push('third');
  });
  await shutdown.run({
    error: (_: string, facts: { step: string }) => void failures.push(facts.step),
  } as unknown as DaemonLog);
  assert.deepEqual([done, failures], [['third', 'first'], ['second']]);
});

test('what hangs is named, and the process ends all the same within five seconds', async () => {
  const script = `
    import { Shutdown } from ${JSON.stringify(new URL('./shutdown.ts', import.meta.url).href)};
    const shutdown = new Shutdown(100);
    shutdown.add('never ends', () => new Promise(() => {}));
    setInterval(() => {}, 1000);
    await shutdown.run({ lastWords: (message, { step }) => console.log(message, '–', step) });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  const [code] = await once(child, 'exit');
  assert.deepEqual([code, said.trim()], [1, 'did not stop in time – never ends']);
  assert.ok(DEADLINE_MS < 5_000);
});
