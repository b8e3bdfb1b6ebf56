import { Worker as NodeWorker } from 'node:worker_threads';
import { availableParallelism } from 'node:os';
import type { Worker, Workers } from '@sd/core/ports/workers.ts';
import { spawnIsolated } from './isolated.ts';

/** What a thread is told before its role's first message. */
export interface ThreadStart {
  readonly role: string;
  /** Absent: the priority of the process. */
  readonly niceness?: number;
  readonly pace?: SharedArrayBuffer;
}

/** Of background threads, where nobody says otherwise. */
const NICENESS = 10;
/** A thread's young generation. The default of 16 and more only makes each thread larger: measured, it is no faster. */
const YOUNG_HEAP_MIB = 4;

export function nodeWorkers(entry: URL): Workers {
  return {
    threads: availableParallelism,
    spawn(role, options = {}) {
      if (options.isolated) return spawnIsolated(entry, role, { ...options, ...options.isolated });
      const thread = new NodeWorker(entry, {
        name: `sd-${role}`,
        workerData: {
          role,
          ...(options.background ? { niceness: options.niceness ?? NICENESS } : {}),
          ...(options.pace ? { pace: options.pace } : {}),
        } satisfies ThreadStart,
        resourceLimits: {
          maxYoungGenerationSizeMb: options.youngHeapMiB ?? YOUNG_HEAP_MIB,
          ...(options.heapMiB ? { maxOldGenerationSizeMb: options.heapMiB } : {}),
        },
        // A thread has no business with the terminal of the process.
        stdin: false,
      });
      // The main thread decides when the process ends.
      thread.unref();
      return asWorker(thread);
    },
  };
}

function asWorker(thread: NodeWorker): Worker {
  let terminated = false;
  let failure: Error | undefined;
  thread.on('error', (error) => (failure = error as Error));
  return {
    post: (message, transfer = []) => thread.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => void thread.on('message', listener),
    onExit: (listener) =>
      void thread.on('exit', () => {
        if (!terminated) listener(failure);
      }),
    terminate: async () => {
      terminated = true;
      await thread.terminate();
    },
  };
}
