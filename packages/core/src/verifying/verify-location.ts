import type { Clock } from '../ports/clock.ts';
import type { Workers } from '../ports/workers.ts';
import { type TaskListener, type TaskResult, runThreadTask } from '../thread-task.ts';
import type { VerifyLocationProgress, VerifyLocationRequest, VerifyLocationState } from './protocol.ts';

/** What a folder of a million files needs, listed and compared at once; others take a few. */
const HEAP_MIB = 512;

/** A verification from `state` on. */
export type VerifyLocationTask = Omit<VerifyLocationRequest, 'stop'> &
  TaskListener<VerifyLocationState, VerifyLocationProgress>;

/**
 * Compares a location with the disk. `finished` is false where `signal` aborted first, and where something differs: the
 * state is to be confirmed then, once the index has settled.
 */
export type VerifyLocation = (task: VerifyLocationTask) => Promise<TaskResult<VerifyLocationState>>;

/** One thread per verification: a second reader only makes a spinning disk seek. */
export function locationVerifier({ workers, clock }: { workers: Workers; clock: Clock }): VerifyLocation {
  return ({ signal, onSaved, onProgress, ...request }) =>
    runThreadTask(
      workers.spawn('location-verifier', { background: true, heapMiB: HEAP_MIB }),
      request,
      { signal, onSaved, onProgress },
      clock,
    );
}
