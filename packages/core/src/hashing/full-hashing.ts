import type { DuplicateScope } from '../db/library/duplicates.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { fromPlainError, SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { Clock, Worker, Workers } from '../platform.ts';
import type { VerifyAnswer, VerifyProgress, VerifyRequest, VerifyState } from './verify-protocol.ts';

/** How long a thread may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;

/** A verification from `state` on. */
export interface VerifyTask {
  readonly library: LibraryAccess;
  readonly scope: DuplicateScope;
  readonly state: VerifyState;
  readonly signal: AbortSignal;
  /** The hashes of this state are in the library. */
  onSaved(state: VerifyState): void;
  onProgress(progress: VerifyProgress): void;
}

/** Computes full hashes of files that may be duplicates. `finished` is false where `signal` aborted first. */
export type VerifyFully = (task: VerifyTask) => Promise<{ readonly state: VerifyState; readonly finished: boolean }>;

/** One thread per verification: what bounds it is the disk, and a second reader only makes a spinning one seek. */
export function fullHashing(parts: { workers: Workers; clock: Clock; events: EventBus }): VerifyFully {
  return async (task) => {
    const lock = new WriteLock(MAIN_THREAD, task.library.lock);
    const owner = lock.newOwner();
    const stop = new SharedArrayBuffer(4);
    const worker = parts.workers.spawn('full-hashes', { background: true });
    let cancelGrace = (): void => {};
    const end = new Promise<Extract<VerifyAnswer, { type: 'end' }>>((resolve, reject) => {
      listen(worker, {
        saved(state, contents) {
          if (contents.length > 0)
            parts.events.publish({ resource: 'content', change: 'updated', library: task.library.id, ids: contents });
          task.onSaved(state);
        },
        progress: (progress) => task.onProgress(progress),
        resolve,
        reject,
      });
      task.signal.addEventListener(
        'abort',
        () => {
          Atomics.store(new Int32Array(stop), 0, 1);
          cancelGrace = parts.clock.after(STOP_GRACE_MS, () =>
            reject(new SdError('CANCELLED', 'it did not stop in time; it goes on from its last checkpoint')),
          );
        },
        { once: true },
      );
      if (task.signal.aborted) Atomics.store(new Int32Array(stop), 0, 1);
      worker.post({ library: task.library, owner, scope: task.scope, state: task.state, stop } satisfies VerifyRequest);
    });
    try {
      const { state, finished } = await end;
      return { state, finished };
    } finally {
      cancelGrace();
      await worker.terminate();
      lock.releaseFor(owner);
    }
  };
}

interface Listeners {
  saved(state: VerifyState, contents: readonly string[]): void;
  progress(progress: VerifyProgress): void;
  resolve(end: Extract<VerifyAnswer, { type: 'end' }>): void;
  reject(error: unknown): void;
}

function listen(worker: Worker, { saved, progress, resolve, reject }: Listeners): void {
  worker.onExit((error) => reject(new SdError('INTERNAL', 'the thread that hashed files has ended', {}, error)));
  worker.onMessage((message) => {
    const answer = message as VerifyAnswer;
    try {
      if (answer.type === 'saved') saved(answer.state, answer.contents);
      else if (answer.type === 'progress') progress(answer.progress);
      else if (answer.type === 'end') resolve(answer);
      else reject(fromPlainError(answer.error));
    } catch (error) {
      // A listener that fails (a checkpoint that finds no room, say) ends the work; the thread is ended with it.
      reject(error);
    }
  });
}
