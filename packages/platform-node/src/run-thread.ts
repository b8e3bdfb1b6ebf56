import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadPlatform } from '@sd/core/platform.ts';
import type { WorkerPort } from '@sd/core/ports/workers.ts';
import { runRole } from '@sd/core/worker.ts';
import { threadPlatform } from './platform.ts';
import type { ThreadStart } from './workers.ts';

/** What a worker thread of this platform does: the role it was started for. */
export async function runThread(platform: ThreadPlatform = threadPlatform()): Promise<void> {
  const start = workerData as ThreadStart;
  if (start.niceness !== undefined && process.platform === 'linux') lowerPriority(start.niceness);
  await runRole(start.role, platform, port(), start.pace);
}

/** On Linux a thread has a priority of its own: background work gives way to the thread that answers people. */
function lowerPriority(niceness: number): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), niceness);
  } catch {
    // Without it the work is the same, only less polite.
  }
}

function port(): WorkerPort {
  const main = parentPort;
  if (!main) throw new Error('this runs in a worker thread');
  return {
    post: (message, transfer = []) => main.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => void main.on('message', listener),
  };
}
