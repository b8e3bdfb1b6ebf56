import { z } from 'zod';
import { type LocationWithTotals, locationByUuid } from '../../../db/library/locations.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { locationRulesSchema } from '../../../domain/location.ts';
import { showNative } from '../../../domain/native-path.ts';
import { SdError } from '../../../errors.ts';
import type { IndexTurns } from '../../../indexing/index-turn.ts';
import type { Library } from '../../../libraries/library.ts';
import { pathOfLocation } from '../../../locations/find.ts';
import type { LocationPlace, Presence } from '../../../locations/presence.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type VerifyLocationState, beginVerification, verifyLocationStateSchema } from '../../../verifying/protocol.ts';
import { forgetContents, forgetSignatures } from '../../../verifying/repair.ts';
import { type LocationReport, type Repair, agrees } from '../../../verifying/report.ts';
import type { VerifyLocation } from '../../../verifying/verify-location.ts';
import { type JobContext, type JobKind, jobKind } from '../../kind.ts';

export interface VerifyServices {
  /** Whether a location is there now; a disk that does not answer is not. */
  presenceOf(location: LocationPlace): Promise<Presence>;
  readonly verifyLocation: VerifyLocation;
  readonly turns: IndexTurns;
  readonly clock: Pick<Clock, 'after'>;
  /** Resolves once what had happened on disk by now is in the index, where it is watched. */
  settled(library: Library): Promise<void>;
  /** Enqueues a scan of the location; answers its job's id. `full`: entry by entry, everywhere. */
  rescan(library: Library, location: { id: string; name: string }, full: boolean): Promise<string>;
}

const PATIENCE_MS = 10_000;

const inputSchema = z.object({
  location: uuidSchema,
  /** Entry of the only folder to look at. */
  within: z.int().optional(),
  content: z.boolean(),
  repair: z.boolean(),
});
type Input = z.infer<typeof inputSchema>;
type Context = JobContext<Input, VerifyLocationState>;

/** Compares a location with the disk. Its result is a `LocationReport`. */
export function verifyLocation(services: VerifyServices): JobKind {
  return jobKind({
    name: 'locations.verify',
    version: 1,
    summary: 'Compares the disk with the index of a location',
    input: inputSchema,
    state: verifyLocationStateSchema,
    begin: beginVerification,
    // Two of them would only make the disk seek. A scan may run beside it: what differs is looked at twice.
    exclusive: () => 'locations.verify',
    left: (state) => ({ ...reportOf(state, true), interrupted: true }),
    async run(context, begin) {
      const { content } = context.input;
      const row = locationByUuid(context.library.db, context.input.location);
      if (!row) throw new SdError('NOT_FOUND', 'the location was removed from the library');
      await refuseAway(row, services);
      let state = begin;
      if (state.phase !== 'done') {
        let end = await compare(services, context, row, begin);
        if (!end.finished && !context.stopping()) {
          await settled(services, context);
          end = await compare(services, context, row, end.state);
        }
        state = end.state;
        if (!end.finished) context.checkpoint(state);
      }
      if (context.input.repair && !state.repair) {
        context.progress({ phase: 'repair', done: 0 });
        const repaired = await repair(services, context, row, state);
        if (repaired) state = { ...state, repair: repaired };
        // Told to stop, it goes no further than this.
        context.checkpoint(state);
      }
      return reportOf(state, content);
    },
  });
}

/** What happened a moment ago is on its way into the index. A watcher that is busy for long is not waited for. */
function settled({ clock, settled: whenSettled }: VerifyServices, { library, signal }: Context): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE_MS, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    whenSettled(library).then(resolve, reject).finally(cancel);
  });
}

function compare(services: VerifyServices, context: Context, row: LocationWithTotals, state: VerifyLocationState) {
  const { content, within } = context.input;
  const expected = within === undefined ? (row.files ?? 0) + (row.folders ?? 0) : 0;
  return services.verifyLocation({
    library: context.library.access,
    root: { id: row.root_entry_id, path: pathOfLocation(row) },
    within,
    rules: locationRulesSchema.parse(JSON.parse(row.rules)),
    content,
    state,
    signal: context.signal,
    onSaved(saved) {
      // Once it is to stop, the checkpoint waits until the thread has stopped.
      if (!context.stopping()) context.checkpoint(saved);
    },
    onProgress({ phase, done, total = phase === 'compare' ? expected : 0, bytes, bytesTotal, path }) {
      context.progress({
        phase,
        done,
        bytes,
        ...(total >= done && total > 0 ? { total } : {}),
        ...(bytesTotal === undefined ? {} : { bytes_total: bytesTotal }),
        detail: showNative(path),
      });
    },
  });
}

/** Reads anew what differs, and nothing else. Repeated after a crash, it does the same again. `undefined`: told to stop. */
async function repair(
  services: VerifyServices,
  { library, input, signal }: Context,
  row: LocationWithTotals,
  state: VerifyLocationState,
): Promise<Repair | undefined> {
  const { differing, beyond, corrupt, found } = state;
  // A scan of millions of files may have it.
  const end = await services.turns.take(library.id, signal);
  if (!end) return undefined;
  let contents: number;
  try {
    await forgetSignatures(library, differing);
    contents = await forgetContents(library, corrupt);
  } finally {
    end();
  }
  const needed = differing.length > 0 || beyond || contents > 0;
  return {
    folders: differing.length,
    whole: beyond,
    contents,
    left: found.corrupt - corrupt.length,
    ...(needed ? { job: await services.rescan(library, { id: input.location, name: row.name }, beyond) } : {}),
  };
}

function reportOf(state: VerifyLocationState, content: boolean): LocationReport {
  const { found, looked, contents, worked_ms, repair: repaired } = state;
  return {
    ...found,
    ...looked,
    agrees: state.phase === 'done' && agrees(found),
    ...(content ? { contents } : {}),
    duration_ms: worked_ms,
    ...(repaired ? { repair: repaired } : {}),
  };
}

async function refuseAway(row: LocationWithTotals, { presenceOf }: VerifyServices): Promise<void> {
  if ((await presenceOf(row)) !== 'offline') return;
  throw new SdError('OFFLINE', `"${row.name}" is not there now; what the index knows of it stays`, {
    way_out: 'connect its disk, or check the folder, and verify again',
  });
}
