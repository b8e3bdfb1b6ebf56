import type { Workers } from '../ports/workers.ts';
import { SLOTS_PER_WALKER, newSlot } from './batch.ts';
import type { FromWalker, ToWalker, WalkFolder, WalkedBatch } from './scan-protocol.ts';
import { Thread } from './thread.ts';
import type { WalkControl } from './walk-control.ts';

/** More walkers than this only wait for the same disk. */
const MOST_WALKERS = 4;
/** What a folder of a million files needs, listed and compared at once; others take a few. */
const WALKER_HEAP_MIB = 512;

/** Walking is mostly waiting for the kernel, so the writer beside them need not be counted. */
export function walkersFor(threads: number): number {
  return Math.max(1, Math.min(MOST_WALKERS, threads));
}

export function newSlots(walkers: number): SharedArrayBuffer[] {
  return Array.from({ length: walkers * SLOTS_PER_WALKER }, newSlot);
}

export interface WalkParts {
  readonly workers: Workers;
  readonly walkers: number;
  readonly slots: readonly SharedArrayBuffer[];
  readonly control: WalkControl;
  readonly start: Omit<Extract<ToWalker, { type: 'start' }>, 'type' | 'slots' | 'firstSlot' | 'control'>;
  readonly root: WalkFolder;
  /** Rejects when the scan stops or its writer has failed: nothing is waited for then. */
  readonly until?: Promise<never>;
  /** Hands a batch to the writer, in the order they come. */
  onBatch(batch: WalkedBatch): void;
}

/** Walks a tree with several threads that share its folders; resolves when none is left. */
export async function walkTree(parts: WalkParts): Promise<void> {
  const pending: WalkFolder[][] = [[parts.root]];
  const idle = new Set<Thread<ToWalker, FromWalker>>();
  const threads: Thread<ToWalker, FromWalker>[] = [];
  try {
    const walked = new Promise<void>((resolve, reject) => {
      const distribute = (): void => {
        for (const thread of idle) {
          const folders = parts.control.stopped ? undefined : pending.shift();
          if (!folders) break;
          idle.delete(thread);
          thread.post({ type: 'folders', folders });
        }
        if (idle.size === parts.walkers) resolve();
      };
      for (let index = 0; index < parts.walkers; index++) {
        const worker = parts.workers.spawn('walker', { background: true, heapMiB: WALKER_HEAP_MIB });
        const thread: Thread<ToWalker, FromWalker> = new Thread(worker, (said) => {
          if (said.type === 'batch') parts.onBatch(said);
          else if (said.type === 'spare') pending.push([...said.folders]);
          else if (said.type === 'idle') idle.add(thread);
          if (said.type !== 'batch') distribute();
        });
        threads.push(thread);
        thread.failure.catch(reject);
        const firstSlot = index * SLOTS_PER_WALKER;
        thread.post({
          type: 'start',
          ...parts.start,
          control: parts.control.memory,
          slots: parts.slots.slice(firstSlot, firstSlot + SLOTS_PER_WALKER),
          firstSlot,
        });
      }
    });
    await Promise.race([walked, ...(parts.until ? [parts.until] : [])]);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
