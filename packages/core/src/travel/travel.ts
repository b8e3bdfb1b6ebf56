import type { Clock } from '../ports/clock.ts';
import type { Workers } from '../ports/workers.ts';
import { type TaskResult, runThreadTask } from '../thread-task.ts';
import type { TravelProgress, TravelRequest, Travelled } from './protocol.ts';

export interface TravelTask extends Omit<TravelRequest, 'stop'> {
  readonly signal: AbortSignal;
  onProgress(progress: TravelProgress): void;
}

/** Carries what people said of some files to them, or from them. `finished` is false where `signal` aborted first. */
export type CarryTags = (task: TravelTask) => Promise<TaskResult<Travelled>>;

/** One thread at a time: what it waits for is the disk. */
export function tagCarrier({ workers, clock }: { workers: Workers; clock: Clock }): CarryTags {
  return ({ signal, onProgress, ...request }) =>
    runThreadTask<Travelled, TravelProgress>(
      workers.spawn('tag-travel', { background: true }),
      request,
      { signal, onProgress, onSaved: () => {} },
      clock,
    );
}
