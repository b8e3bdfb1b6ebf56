import { z } from 'zod';
import { type Carried, type PlanEnd, carriedSchema, nothingCarried } from '../../../domain/carried.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { showNative } from '../../../domain/native-path.ts';
import { SdError, asSdError } from '../../../errors.ts';
import type { Carriers } from '../../../file-actions/carrying-out/carriers.ts';
import type { CarryPlace } from '../../../file-actions/carrying-out/protocol.ts';
import type { Library } from '../../../libraries/library.ts';
import { type JobContext, type JobKind, jobKind } from '../../kind.ts';

export interface CarryOutServices {
  readonly carriers: Pick<Carriers, 'carryOut'>;
  /** The volume a native path lies on, where it can be told from others. */
  volumeAt(path: string): string | undefined;
  /** Says in audit and history what came of an action. Told more than once of the same after a crash. */
  planEnded(library: Library, end: PlanEnd): Promise<void>;
}

const inputSchema = z.object({ plan: uuidSchema, receipt: uuidSchema });

const stateSchema = z.object({
  /** It is in `actions.db` how far the plan is; here is where it works. Absent until it has begun. */
  places: z.array(z.object({ path: z.string(), device: z.number(), volume: z.string().optional() })).optional(),
  carried: carriedSchema,
});
type State = z.infer<typeof stateSchema>;
type Context = JobContext<z.infer<typeof inputSchema>, State>;

/** Does on disk, and in the index, what a plan says. Its result is a `Carried`. */
export function carryOutPlan(services: CarryOutServices): JobKind {
  return jobKind({
    name: 'entries.carry_out',
    version: 1,
    summary: 'Carries out a plan of file actions',
    input: inputSchema,
    state: stateSchema,
    begin: () => ({ carried: nothingCarried() }),
    priority: 'user',
    left: ({ carried }) => carried,
    async run(context, begin) {
      let state: State = begin;
      const carrying = services.carriers.carryOut(context.library, {
        ...context.input,
        resumed: begin.places !== undefined,
        places: placesNow(begin.places ?? [], services),
        signal: context.signal,
        onBegun(places) {
          state = { ...state, places: withVolumes(places, services) };
          // It is to be known before anything is changed; told to stop, the thread stops first.
          if (!context.stopping()) context.checkpoint(state);
        },
        onProgress({ done, total, bytes, bytesTotal, path, problems }) {
          context.progress({
            phase: 'carry out',
            done,
            total,
            bytes,
            ...(bytesTotal > 0 ? { bytes_total: bytesTotal } : {}),
            detail: showNative(path),
          });
          context.problems(problems);
        },
        onLeft({ carried, problems }) {
          context.problems(problems);
          state = { ...state, carried };
          if (!context.stopping()) context.checkpoint(state);
        },
      });
      const end = await carrying.catch(waitsForRoom);
      context.problems(end.problems);
      state = { ...state, carried: end.carried };
      if (!end.finished) return stopped(context, state);
      await services.planEnded(context.library, {
        ...context.input,
        job: context.id,
        outcome: 'done',
        carried: end.carried,
      });
      return end.carried;
    },
  });
}

/** Whoever waits is told what for. */
function waitsForRoom(error: unknown): never {
  const known = asSdError(error);
  if (known.code !== 'DISK_FULL' || known.data['way_out'] !== undefined) throw known;
  const way_out =
    'make room on that disk, and it goes on; what is in the trash takes up its room until that is emptied';
  throw new SdError('DISK_FULL', known.message, { ...known.data, way_out }, known.cause);
}

function stopped(context: Context, state: State): Carried {
  context.checkpoint(state);
  throw new SdError('INTERNAL', 'the plan was left off unasked');
}

function withVolumes(places: readonly CarryPlace[], { volumeAt }: CarryOutServices): State['places'] {
  return places.map(({ path, device = 0 }) => {
    const volume = volumeAt(path);
    return { path, device, ...(volume === undefined ? {} : { volume }) };
  });
}

/** The number the system gives a disk is another one after it was mounted again: the disk is known by its volume then. */
function placesNow(places: NonNullable<State['places']>, { volumeAt }: CarryOutServices): CarryPlace[] {
  return places.map(({ path, device, volume }) => {
    if (volume === undefined) return { path, device };
    if (volumeAt(path) === volume) return { path };
    throw new SdError('OFFLINE', `the disk of ${showNative(path)} is not there now`, {
      way_out: 'connect it, and it goes on',
    });
  });
}
