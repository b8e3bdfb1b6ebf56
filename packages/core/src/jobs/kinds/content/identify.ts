import { z } from 'zod';
import { locationByUuid } from '../../../db/library/locations.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { type LocationMode, identifies } from '../../../domain/location.ts';
import { scanResultSchema } from '../../../domain/scan.ts';
import { SdError } from '../../../errors.ts';
import { identifyLocation } from '../../../indexing/identify-location.ts';
import { ScanStopped } from '../../../indexing/scan-run.ts';
import type { Library } from '../../../libraries/library.ts';
import { pathOfLocation } from '../../../locations/find.ts';
import type { LocationPlace, Presence } from '../../../locations/presence.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Workers } from '../../../ports/workers.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface IdentifyServices {
  readonly workers: Workers;
  /** Whether a location is there now; a disk that does not answer is not. */
  presenceOf(location: LocationPlace): Promise<Presence>;
  readonly clock: Clock;
  /** Rows of the library were committed: whoever follows them may look. */
  changed(library: Library): void;
  /** Files of a location were identified. */
  identified?(library: Library, location: string): void;
}

/** What was identified; the earlier attempts of the same job count. */
const done = scanResultSchema.pick({ identified: true, identified_bytes: true, unreadable: true, vanished: true });
type Done = z.infer<typeof done>;
const state = z.object({ before: done.optional() });

export function identifyContents(services: IdentifyServices): JobKind {
  return jobKind({
    name: 'content.identify',
    version: 1,
    summary: 'Finds out what the new and changed files of a location are.',
    input: z.object({ location: uuidSchema }),
    state,
    begin: () => ({}),
    priority: 'background',
    // One that runs may have passed by what is new.
    equal: 'waiting',
    left: ({ before }) => before,
    // A scan does the same at its end, and both would read the same files.
    exclusive: () => 'index',
    async run(context, { before }) {
      const { library } = context;
      const row = locationByUuid(library.db, context.input.location);
      if (!row) throw new SdError('NOT_FOUND', 'the location was removed from the library');
      if (!identifies(row.mode as LocationMode)) return sum(before, undefined);
      if ((await services.presenceOf(row)) === 'offline')
        throw new SdError(
          'OFFLINE',
          `"${row.name}" is not there now; its files are identified once it is scanned again`,
        );
      try {
        const found = await identifyLocation({
          library,
          root: { id: row.root_entry_id, path: pathOfLocation(row) },
          workers: services.workers,
          clock: services.clock,
          signal: context.signal,
          progress: (progress) => context.progress(progress),
        });
        services.identified?.(library, context.input.location);
        return sum(before, found);
      } catch (error) {
        if (error instanceof ScanStopped) context.checkpoint({ before: sum(before, error.done) });
        throw error;
      } finally {
        services.changed(library);
      }
    },
  });
}

function sum(before: Done | undefined, now: Done | undefined): Done {
  const add = (name: keyof Done): number => (before?.[name] ?? 0) + (now?.[name] ?? 0);
  return {
    identified: add('identified'),
    identified_bytes: add('identified_bytes'),
    unreadable: add('unreadable'),
    vanished: add('vanished'),
  };
}
