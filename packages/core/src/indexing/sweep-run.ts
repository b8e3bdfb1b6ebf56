import { SdError } from '../errors.ts';
import type { Workers } from '../ports/workers.ts';
import { WalkControl } from './walk-control.ts';
import { type ScannedLibrary, WriterThread } from './writer-thread.ts';

/** Removes the rows below a root that belongs to no location any more. Can be stopped and repeated at any point. */
export async function sweepRoot(
  library: ScannedLibrary,
  rootEntry: number,
  { workers, signal }: { workers: Workers; signal: AbortSignal },
): Promise<void> {
  const writer = new WriterThread({
    workers,
    library,
    control: new WalkControl(0),
    signal,
    start: {
      root: { id: rootEntry, path: '/' },
      identify: false,
      slots: [],
      firstNewId: library.entryIds.next,
      accepted: undefined,
    },
    stopped: () => new SdError('CANCELLED', 'the sweep was stopped'),
  });
  try {
    await writer.ask({ type: 'sweep', root: rootEntry }, 'swept');
  } finally {
    await writer.close();
  }
}
