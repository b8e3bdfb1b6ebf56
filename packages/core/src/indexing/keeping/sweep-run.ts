import { MAIN_THREAD, WriteLock } from '../../db/write-lock.ts';
import type { Library } from '../../libraries/library.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Workers } from '../../ports/workers.ts';
import { type TaskResult, runThreadTask } from '../../thread-task.ts';
import type { IndexTurns } from '../index-turn.ts';
import type { SweepKeptRequest, SweptKept } from './sweep-worker.ts';

export interface SweepKeptParts {
  readonly workers: Workers;
  readonly clock: Pick<Clock, 'after'>;
  readonly turns: IndexTurns;
}

/** Whether there is anything to look after. */
export function anyKept(db: ReadConnection): boolean {
  return db.prepare('SELECT 1 WHERE EXISTS (SELECT 1 FROM kept) OR EXISTS (SELECT 1 FROM trashed)').get() !== undefined;
}

/** Forgets what was kept and is nowhere any more. Can be stopped and repeated at any point. */
export async function sweepKept(
  library: Library,
  { workers, clock, turns }: SweepKeptParts,
  signal: AbortSignal,
): Promise<TaskResult<SweptKept>> {
  const run = async (what: SweepKeptRequest['what']): Promise<TaskResult<SweptKept>> => {
    const lock = new WriteLock(MAIN_THREAD, library.access.lock);
    const owner = lock.newOwner();
    const worker = workers.spawn('kept-sweeper', { background: true });
    const ignore = (): void => {};
    try {
      return await runThreadTask<SweptKept, never>(
        worker,
        { library: library.access, owner, what },
        { signal, onSaved: ignore, onProgress: ignore },
        clock,
      );
    } finally {
      lock.releaseFor(owner);
    }
  };
  const endTurn = await turns.take(library.id, signal);
  if (!endTurn) return { state: { entries: 0 }, finished: false };
  const found = await run('find').finally(endTurn);
  return found.finished ? run('forget') : found;
}
