import { listLocations, locationByUuid } from './db/library/locations.ts';
import { nameOfStored } from './domain/entry.ts';
import { uuidToText } from './domain/ids.ts';
import type { EventBus } from './events.ts';
import type { ActiveScans } from './indexing/active-scans.ts';
import type { IndexTurns } from './indexing/index-turn.ts';
import type { JobManager } from './jobs/job-manager.ts';
import type { Library } from './libraries/library.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Mounts } from './ports/mounts.ts';
import type { Workers } from './ports/workers.ts';
import type { WatchOptions } from './watching/protocol.ts';
import { whyUnwatchable } from './watching/unwatchable.ts';
import { WatchService } from './watching/watch-service.ts';

export interface WatchingParts {
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly mounts: Mounts;
  readonly turns: IndexTurns;
  readonly scans: ActiveScans;
  readonly jobs: Pick<JobManager, 'enqueue' | 'ended'>;
  readonly options: WatchOptions;
  /** Looks which volumes are mounted now. */
  lookForVolumes?(): Promise<void>;
  changed(library: Library): void;
  identified(library: Library, location: string): void;
}

/** The watcher with what it needs of jobs, indexing and mounts. */
export function assembleWatching(parts: WatchingParts): WatchService {
  const { workers, clock, log, events, mounts, turns, scans, jobs, options, changed, identified } = parts;
  const enqueue = async (
    library: Library,
    kind: string,
    location: string,
    more: Readonly<Record<string, unknown>> = {},
  ) => {
    const row = locationByUuid(library.db, location);
    if (!row) return undefined;
    return jobs.enqueue({
      library: library.id,
      kind,
      subject: row.name,
      input: { location, ...more },
      priority: 'background',
    });
  };
  return new WatchService({
    workers,
    clock,
    log,
    events,
    options,
    changed,
    identified,
    turn: async (library, signal) => {
      const end = await turns.take(library.id, signal);
      if (!end) return undefined;
      // What is not listed any more may lie on a disk that has just been changed for another.
      await parts
        .lookForVolumes?.()
        .catch((error: unknown) => log.warn('which volumes are mounted is not known', { error: String(error) }));
      // Ids are taken in blocks, as in a scan.
      const endScan = scans.begin(library.id, library.entryIds.next);
      return () => {
        endScan();
        end();
      };
    },
    catchUp: async (library, [first, ...more]) => {
      if (first === undefined) return false;
      // What is gone from one may be in another, and is known to be only once all were looked at.
      const leave = more.length > 0 ? { leave_missing: true } : {};
      const begun = await Promise.all(
        [first, ...more].map((location) => enqueue(library, 'locations.index', location, leave)),
      );
      if (more.length === 0) return false;
      await Promise.all(begun.map(async (job) => job && jobs.ended(job.id)));
      return true;
    },
    identify: async (library, location) => void (await enqueue(library, 'content.identify', location)),
    unwatchable: async (library) => {
      const table = await mounts.list();
      return Object.fromEntries(
        listLocations(library.db).flatMap((row) => {
          const why = whyUnwatchable(nameOfStored(row.path), table);
          return why === undefined ? [] : [[uuidToText(row.uuid), why]];
        }),
      );
    },
  });
}
