import type { ScanResult } from '../domain/scan.ts';
import type { Clock } from '../ports/clock.ts';
import type { Workers } from '../ports/workers.ts';
import { identifyPhase } from './identify-phase.ts';
import { type ScanProgress, ScanStopped } from './scan-run.ts';
import { ScanTally } from './scan-tally.ts';
import { WalkControl } from './walk-control.ts';
import { type ScannedLibrary, WriterThread } from './writer-thread.ts';

export interface IdentifyRequest {
  readonly library: ScannedLibrary;
  readonly root: { readonly id: number; readonly path: string };
  readonly workers: Workers;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  progress(progress: ScanProgress): void;
}

/**
 * The last phase of a scan by itself: finds out what the files of a location are whose content is not known. Can be
 * stopped and repeated at any point. Throws `ScanStopped` with what was done.
 */
export async function identifyLocation(request: IdentifyRequest): Promise<ScanResult> {
  const { library, root, workers, clock, signal, progress } = request;
  const began = clock.monotonic();
  const tally = new ScanTally();
  const result = (): ScanResult => tally.result(clock.monotonic() - began);
  const control = new WalkControl(0);
  const writer = new WriterThread({
    workers,
    library,
    control,
    signal,
    start: { root, identify: true, slots: [], firstNewId: library.entryIds.next, accepted: undefined },
    stopped: () => new ScanStopped(result()),
  });
  try {
    await identifyPhase({ workers, control, writer, tally, progress });
  } catch (error) {
    tally.stored(await writer.close());
    throw error instanceof ScanStopped ? new ScanStopped(result()) : error;
  }
  tally.stored(await writer.close());
  return result();
}
