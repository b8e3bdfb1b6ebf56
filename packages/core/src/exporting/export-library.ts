import { SdError, fromPlainError } from '../errors.ts';
import type { Clock, Worker, Workers } from '../platform.ts';
import type { ExportAnswer, ExportProgress, ExportRequest, ExportState } from './protocol.ts';

/** How long the thread may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;

/** One phase of an export, from `state` on. */
export interface ExportTask extends Omit<ExportRequest, 'stop'> {
  readonly signal: AbortSignal;
  onSaved(state: ExportState): void;
  onProgress(progress: ExportProgress): void;
}

/** Does one phase of an export. `finished` is false where `signal` aborted first. */
export type ExportLibrary = (task: ExportTask) => Promise<{ readonly state: ExportState; readonly finished: boolean }>;

/** One thread per phase: all that it does waits for one file. */
export function libraryExporter(parts: { workers: Workers; clock: Clock }): ExportLibrary {
  return async ({ signal, onSaved, onProgress, ...request }) => {
    const stop = new SharedArrayBuffer(4);
    const worker = parts.workers.spawn('exporter', { background: true });
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
        worker.post({ ...request, stop } satisfies ExportRequest);
      });
    } finally {
      cancelGrace();
      await worker.terminate();
    }
  };
}

interface Listeners extends Pick<ExportTask, 'onSaved' | 'onProgress'> {
  resolve(end: { state: ExportState; finished: boolean }): void;
  reject(error: unknown): void;
}

function listen(worker: Worker, { onSaved, onProgress, resolve, reject }: Listeners): void {
  worker.onExit((error) => reject(new SdError('INTERNAL', 'the thread that exported has ended', {}, error)));
  worker.onMessage((message) => {
    const answer = message as ExportAnswer;
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
