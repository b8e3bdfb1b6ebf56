import { Worker } from 'node:worker_threads';
import type { ThreadPlatform } from '@sd/core/platform.ts';
import type { WorkerPort } from '@sd/core/ports/workers.ts';
import { runRole } from '@sd/core/worker.ts';
import { threadPlatform } from './platform.ts';

/** What an isolated process of this platform does: the role it was started for. */
export async function runProcess(platform: ThreadPlatform = threadPlatform()): Promise<void> {
  const [role = '', memoryMiB = ''] = process.argv.slice(2);
  await runRole(role, platform, parentPort(Number(memoryMiB)));
}

/** The way to the parent. The process ends when the parent has. */
export function parentPort(memoryMiB: number): WorkerPort {
  if (!process.send) throw new Error('this runs in a process of its own');
  process.on('disconnect', () => process.exit());
  startGuard(memoryMiB);
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}

/**
 * A thread that ends the process where its main thread cannot, as it is deep in a file: when the parent is gone, and
 * when it takes too much memory on systems where the parent does not see that.
 */
function startGuard(memoryMiB: number): void {
  const limit = process.platform === 'linux' ? Number.MAX_SAFE_INTEGER : memoryMiB * 2 ** 20;
  const guard = new Worker(GUARD, {
    eval: true,
    workerData: { parent: process.ppid, limit },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  guard.unref();
}

const GUARD = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.ppid === workerData.parent && process.memoryUsage.rss() <= workerData.limit) return;
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}, 250);
`;
