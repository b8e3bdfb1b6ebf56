import type { DuplicateScope } from '../db/library/duplicates.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import type { EventBus } from '../events.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Workers } from '../ports/workers.ts';
import { type TaskListener, type TaskResult, runThreadTask } from '../thread-task.ts';
import type { VerifyProgress, VerifySaved, VerifyState } from './verify-protocol.ts';

/** A verification from `state` on; once a state is saved, its hashes are in the library. */
export interface VerifyTask extends TaskListener<VerifyState, VerifyProgress> {
  readonly library: LibraryAccess;
  readonly scope: DuplicateScope;
  readonly state: VerifyState;
}

/** Computes full hashes of files that may be duplicates. `finished` is false where `signal` aborted first. */
export type VerifyFully = (task: VerifyTask) => Promise<TaskResult<VerifyState>>;

/** One thread per verification: what bounds it is the disk, and a second reader only makes a spinning one seek. */
export function fullHashing(parts: { workers: Workers; clock: Clock; events: EventBus }): VerifyFully {
  return async ({ library, scope, state, signal, onSaved, onProgress }) => {
    const lock = new WriteLock(MAIN_THREAD, library.lock);
    const owner = lock.newOwner();
    const listener: TaskListener<VerifyState, VerifyProgress, VerifySaved> = {
      signal,
      onProgress,
      onSaved(saved, { contents }) {
        if (contents.length > 0)
          parts.events.publish({ resource: 'content', change: 'updated', library: library.id, ids: contents });
        onSaved(saved, undefined);
      },
    };
    try {
      const worker = parts.workers.spawn('full-hashes', { background: true });
      return await runThreadTask(worker, { library, owner, scope, state }, listener, parts.clock);
    } finally {
      lock.releaseFor(owner);
    }
  };
}
