import { SdError, fromPlainError } from '../errors.ts';
import type { Clock, Worker, Workers } from '../platform.ts';
import type {
  VerifyLocationAnswer,
  VerifyLocationProgress,
  VerifyLocationRequest,
  VerifyLocationState,
} from './protocol.ts';

/** How long the thread may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;
/** What a folder of a million files needs, listed and compared at once; others take a few. */
const HEAP_MIB = 512;

/** A verification from `state` on. */
export interface VerifyLocationTask extends Omit<VerifyLocationRequest, 'stop'> {
  readonly signal: AbortSignal;
  onSaved(state: VerifyLocationState): void;
  onProgress(progress: VerifyLocationProgress): void;
}

/**
 * Compares a location with the disk. `finished` is false where `signal` aborted first, and where something differs: the
 * state is to be confirmed then, once the index has settled.
 */
export type VerifyLocation = (
  task: VerifyLocationTask,
) => Promise<{ readonly state: VerifyLocationState; readonly finished: boolean }>;

/** One thread per verification: a second reader only makes a spinning disk seek. */
export function locationVerifier(parts: { workers: Workers; clock: Clock }): VerifyLocation {
  return async ({ signal, onSaved, onProgress, ...request }) => {
    const stop = new SharedArrayBuffer(4);
    const worker = parts.workers.spawn('location-verifier', { background: true, heapMiB: HEAP_MIB });
    let cancelGrace = (): void => {};
    try {
      return await new Promise((resolve, reject) => {
        listen(worker, { onSaved, onProgress, resolve, reject });
        const leave = (): void => {
          Atomics.store(new Int32Array(stop), 0, 1);
          cancelGrace = parts.clock.after(STOP_GRACE_MS, () =>
            reject(new SdError('CANCELLED', 'it did not stop in time; it goes on from its last checkpoint')),
          );
        };
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave, { once: true });
        worker.post({ ...request, stop } satisfies VerifyLocationRequest);
      });
    } finally {
      cancelGrace();
      await worker.terminate();
    }
  };
}

interface Listeners extends Pick<VerifyLocationTask, 'onSaved' | 'onProgress'> {
  resolve(end: { state: VerifyLocationState; finished: boolean }): void;
  reject(error: unknown): void;
}

function listen(worker: Worker, { onSaved, onProgress, resolve, reject }: Listeners): void {
  worker.onExit((error) => reject(new SdError('INTERNAL', 'the thread that verified has ended', {}, error)));
  worker.onMessage((message) => {
    const answer = message as VerifyLocationAnswer;
    try {
      if (answer.type === 'saved') onSaved(answer.state);
      else if (answer.type === 'progress') onProgress(answer.progress);
      else if (answer.type === 'end') resolve({ state: answer.state, finished: answer.finished });
      else reject(fromPlainError(answer.error));
    } catch (error) {
      // A listener that fails (a checkpoint that finds no room, say) ends the work; the thread is ended with it.
      reject(error);
    }
  });
}
