import type { Platform, ThreadPlatform } from '../platform.ts';
import type { Worker, WorkerPort, Workers } from '../ports/workers.ts';
import { runRole } from '../worker.ts';

/**
 * Runs the roles of a scan on the calling thread, message by message: scans of small trees take milliseconds, always go
 * the same way, and see the ports a test gives them. Other roles get real threads. A walker that fills all its slots in
 * one go would wait for itself: for trees of up to some thousand entries.
 */
export function inlineWorkers(platform: Platform, ports: Partial<ThreadPlatform> = {}): Workers {
  const { sqlite, files, hashing, clock, random, log, watching, sealing } = platform;
  const thread: ThreadPlatform = { sqlite, files, hashing, clock, random, log, watching, sealing, ...ports };
  return {
    threads: () => 2,
    spawn: (role, options) => (INLINE.has(role) ? inline(role, thread) : platform.workers.spawn(role, options)),
  };
}

const INLINE: ReadonlySet<string> = new Set([
  'walker',
  'index-writer',
  'hasher',
  'watcher',
  'carrier',
  'copier',
  'planner',
]);

function inline(role: string, thread: ThreadPlatform): Worker {
  let ended = false;
  let toWorker: ((message: unknown) => void) | undefined;
  const listeners: ((message: unknown) => void)[] = [];
  const exits: ((error: Error | undefined) => void)[] = [];
  const waiting: unknown[] = [];
  const deliver = (): void => {
    if (ended || !toWorker || waiting.length === 0) return;
    try {
      toWorker(waiting.shift());
    } catch (error) {
      ended = true;
      for (const exit of exits) exit(error as Error);
    }
  };
  const port: WorkerPort = {
    post: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => void (ended || listeners.forEach((listener) => listener(copy))));
    },
    onMessage: (listener) => {
      toWorker = listener;
      for (const _ of waiting) setImmediate(deliver);
    },
  };
  void runRole(role, thread, port);
  return {
    post: (message, transfer = []) => {
      waiting.push(structuredClone(message, { transfer: transfer as ArrayBuffer[] }));
      setImmediate(deliver);
    },
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    terminate: async () => void (ended = true),
  };
}
