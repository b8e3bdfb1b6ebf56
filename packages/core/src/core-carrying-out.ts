import { stepCounts } from './db/actions/progress.ts';
import { type Carried, type PlanEnd, nothingCarried } from './domain/carried.ts';
import type { EventBus } from './events.ts';
import { Carriers } from './file-actions/carrying-out/carriers.ts';
import type { ActiveScans } from './indexing/active-scans.ts';
import type { IndexTurns } from './indexing/index-turn.ts';
import type { JobInfo } from './jobs/job-manager.ts';
import type { Library } from './libraries/library.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { ReadConnection } from './ports/sqlite.ts';
import type { Workers } from './ports/workers.ts';
import type { PassedReport } from './watching/protocol.ts';

export interface CarryingOutParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly turns: IndexTurns;
  readonly scans: ActiveScans;
  /** Throws where it is not open. */
  library(id: string): Library;
  /** `actions.db`. */
  plans(library: Library): ReadConnection;
  /** What came into the index by our own doing. */
  tell(library: Library, report: PassedReport): void;
  planEnded(library: Library, end: PlanEnd): Promise<void>;
}

export interface CarryingOut {
  readonly carriers: Carriers;
  stop(): Promise<void>;
}

/** The threads that carry out plans, and what is left to do where one is cancelled or fails. */
export function assembleCarryingOut(parts: CarryingOutParts): CarryingOut {
  const { workers, clock, log, events, turns, scans, tell } = parts;
  const carriers = new Carriers({
    workers,
    clock,
    log,
    changed: tell,
    turn: async (library, signal) => {
      const end = await turns.take(library.id, signal);
      if (!end) return undefined;
      // Ids are taken in blocks, as in a scan.
      const endScan = scans.begin(library.id, library.entryIds.next);
      return () => {
        endScan();
        end();
      };
    },
  });
  const leave = events.follow(({ resource, change, library, data }) => {
    if (resource !== 'job' || change !== 'updated' || library === undefined) return;
    const job = data?.['job'] as JobInfo;
    if (job.kind !== 'entries.carry_out' || (job.state !== 'cancelled' && job.state !== 'failed')) return;
    const outcome = job.state;
    void endEarly(parts, carriers, library, job, outcome).catch((error: unknown) =>
      log.warn('what a plan has left could not be taken away', { job: job.id, error: String(error) }),
    );
  });
  return {
    carriers,
    stop: async () => {
      leave();
      await carriers.stop();
    },
  };
}

/** What it has done stays, and is said; what it has half made goes. */
async function endEarly(
  { library: open, plans, planEnded, log }: CarryingOutParts,
  carriers: Carriers,
  libraryId: string,
  job: JobInfo,
  outcome: 'cancelled' | 'failed',
): Promise<void> {
  const library = open(libraryId);
  const { plan, receipt } = job.input as { plan: string; receipt: string };
  let carried: Carried | undefined;
  try {
    if (job.started_at !== undefined)
      ({ carried } = await carriers.tidy(library, {
        plan,
        receipt,
        resumed: true,
        places: [],
        signal: new AbortController().signal,
        onBegun: () => {},
        onProgress: () => {},
        onLeft: () => {},
      }));
  } catch (error) {
    log.warn('what a plan has left could not be taken away', { plan, error: String(error) });
  }
  carried ??= { ...nothingCarried(), ...stepCounts(plans(library), plan) };
  await planEnded(library, { plan, receipt, job: job.id, outcome, carried });
}
