import { Worker as NodeWorker } from 'node:worker_threads';
import { availableParallelism } from 'node:os';
import type { Worker, Workers } from '@sd/core/platform.ts';

/** What a thread is told before its role's first message. */
export interface ThreadStart {
  readonly role: string;
  /** Runs at a lower priority than the thread that answers people. */
  readonly background: boolean;
}

/** A thread's young generation. The default of 16 and more only makes each thread larger: measured, it is no faster. */
const YOUNG_HEAP_MIB = 4;

export function nodeWorkers(entry: URL): Workers {
  return {
    parallelism: availableParallelism(),
    spawn(role, options = {}) {
      const thread = new NodeWorker(entry, {
        name: `sd-${role}`,
        workerData: { role, background: options.background ?? false } satisfies ThreadStart,
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
