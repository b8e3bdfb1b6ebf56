import type { Workers } from '../ports/workers.ts';
import { identifyAll } from './identify-run.ts';
import type { ScanProgress } from './scan-run.ts';
import type { ScanTally } from './scan-tally.ts';
import type { WalkControl } from './walk-control.ts';
import type { WriterThread } from './writer-thread.ts';

export interface IdentifyPhase {
  readonly workers: Workers;
  readonly control: WalkControl;
  readonly writer: WriterThread;
  readonly tally: ScanTally;
  progress(progress: ScanProgress): void;
}

/** Finds out what the files of a location are that are not identified, and stores it. */
export async function identifyPhase({ workers, control, writer, tally, progress }: IdentifyPhase): Promise<void> {
  let total: { files: number; bytes: number } | undefined;
  let [looked, lookedBytes] = [0, 0];
  await identifyAll({
    workers,
    control,
    until: writer.ended,
    nextFiles: async (batches) => {
      const answer = await writer.ask({ type: 'files', batches }, 'files');
      total ??= answer.total;
      return answer.batches;
    },
    store: async (batch) => {
      tally.looked(batch);
      looked += batch.outcomes.length;
      for (const size of batch.sizes) lookedBytes += size;
      tally.stored(await writer.ask({ type: 'identified', batch }, 'stored'));
      progress({
        phase: 'extract',
        done: looked,
        total: Math.max(total?.files ?? 0, looked),
        bytes: lookedBytes,
        bytes_total: Math.max(total?.bytes ?? 0, lookedBytes),
      });
    },
  });
  tally.stored(await writer.ask({ type: 'store-rest' }, 'rest-stored'));
}
