// What an isolated process does in the tests of `isolated.ts`: good and bad things on request.
import { spawn } from 'node:child_process';
import { parentPort } from '../src/run-process.ts';

const port = parentPort(Number(process.argv[3]));
const held: Uint8Array[] = [];

const ACTIONS: Readonly<Record<string, (argument: unknown) => void>> = {
  echo: (argument) => port.post(argument),
  environment: () => port.post(process.env),
  pid: () => port.post(process.pid),
  crash: () => process.abort(),
  fail: () => {
    throw new Error('on purpose');
  },
  loop: () => {
    port.post(process.pid);
    setImmediate(() => {
      for (;;);
    });
  },
  loopInChild: () => {
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }).on('spawn', () => port.post(process.pid));
  },
  talk: () => {
    const next = (): void => void process.send?.(new Uint8Array(4 * 2 ** 20), next);
    next();
  },
  grow: () => {
    setInterval(() => held.push(new Uint8Array(16 * 2 ** 20).fill(1)), 5);
  },
};

port.onMessage((message) => {
  const { action, argument } = message as { action: string; argument?: unknown };
  ACTIONS[action]?.(argument);
});
