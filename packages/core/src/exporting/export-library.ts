import type { Clock } from '../ports/clock.ts';
import type { Workers } from '../ports/workers.ts';
import { type TaskListener, type TaskResult, runThreadTask } from '../thread-task.ts';
import type { ExportProgress, ExportRequest, ExportState } from './protocol.ts';

/** One phase of an export, from `state` on. */
export type ExportTask = Omit<ExportRequest, 'stop'> & TaskListener<ExportState, ExportProgress>;

/** Does one phase of an export. `finished` is false where `signal` aborted first. */
export type ExportLibrary = (task: ExportTask) => Promise<TaskResult<ExportState>>;

/** One thread per phase: all that it does waits for one file. */
export function libraryExporter({ workers, clock }: { workers: Workers; clock: Clock }): ExportLibrary {
  return ({ signal, onSaved, onProgress, ...request }) =>
    runThreadTask(workers.spawn('exporter', { background: true }), request, { signal, onSaved, onProgress }, clock);
}
