import type { LocationWithTotals } from '../db/library/locations.ts';
import { TextsLookup } from '../db/texts/lookup.ts';
import { WriteLock } from '../db/write-lock.ts';
import { toPlainError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { MakingAnswer, MakingBegin, MakingRequest, SweepBegin } from './making-protocol.ts';
import { makingPlan } from './making-plan.ts';
import { MakingRun } from './making-run.ts';
import { ReadableCopies } from './readable-copy.ts';
import { SidecarFiles, nameOf } from './sidecar-files.ts';
import { SidecarStore } from './sidecar-store.ts';
import { sweepSidecars } from './sweep-sidecars.ts';

const CACHE_KIB = 4 * 1024;

/** What of the locations the thread asks others for. */
export interface MakingHelp {
  isThere(location: LocationWithTotals, files: ReadFiles): boolean;
}

interface Opened {
  readonly db: Connection;
  readonly store: SidecarStore;
  readonly sidecars: SidecarFiles;
  stopping(): boolean;
}

/** The thread that makes or sweeps the sidecars of one library. The main thread has the files read for it. */
export function sidecarsRole({ isThere }: MakingHelp) {
  return (platform: ThreadPlatform, port: WorkerPort, pace: Pace): void => {
    let run: MakingRun | undefined;
    const post = (answer: MakingAnswer): void => port.post(answer);
    const handle = (request: MakingRequest): void => {
      if (request.type === 'begin') run = begin(request);
      else if (request.type === 'sweep') sweep(request);
      else if (request.type === 'file') run?.settle(request.content, request.file, request.atOnce);
      else if (request.type === 'more') run?.more(request.atOnce);
      else run?.stop();
    };
    port.onMessage((message) => {
      try {
        handle(message as MakingRequest);
      } catch (error) {
        post({ type: 'failed', error: toPlainError(error) });
      }
    });

    function begin(request: MakingBegin): MakingRun {
      const { db, store, sidecars, stopping } = open(platform, pace, request);
      const plan = makingPlan(db, request);
      const texts = new TextsLookup(platform.sqlite, request.library);
      const { scope, tools } = request;
      const making = new MakingRun(
        {
          db,
          store,
          copies: new ReadableCopies(db, platform.files, (location) => isThere(location, platform.files)),
          pace,
          ids: plan.ids,
          locations: plan.locations,
          kinds: scope.kinds,
          retry: scope.retry ?? false,
          tools,
          isThere: ({ id, hash }, { kind, maker, size }) =>
            kind === 'facts' ||
            (kind === 'text'
              ? texts.has(id, hash)
              : platform.files.facts(sidecars.pathOf(nameOf(hash, kind, maker)))?.size === size),
          stopping,
          now: () => platform.clock.monotonic(),
          post: (answer) => {
            // What could not be read now must be looked at again, whatever its revision says.
            if (answer.type === 'end' && answer.finished && answer.state.postponed === 0) store.write(plan.note);
            if (answer.type === 'end') {
              texts.close();
              close(db, store);
            }
            post(answer);
          },
        },
        plan.state,
      );
      making.go(request.atOnce);
      return making;
    }

    function sweep(request: SweepBegin): void {
      const { db, store, stopping } = open(platform, pace, request);
      try {
        const swept = sweepSidecars({ db, store, folder: request.folder, files: platform.files, pace, stopping });
        post({ type: 'swept', ...swept });
      } finally {
        close(db, store);
      }
    }
  };
}

function open(platform: ThreadPlatform, pace: Pace, request: MakingBegin | SweepBegin): Opened {
  const { library } = request;
  const at = { path: library.databasePath, key: library.key, cacheKiB: pace.cacheKiB(CACHE_KIB) };
  const sidecars = new SidecarFiles(request.folder, request.sidecarKey, platform);
  const db = platform.sqlite.open({ ...at, mode: 'read' });
  const store = new SidecarStore({
    connection: platform.sqlite.open({ ...at, mode: 'write' }),
    lock: new WriteLock(request.owner, library.lock),
    environment: { deviceId: library.deviceId, now: () => platform.clock.now() },
    sidecars,
    files: platform.files,
  });
  const flag = new Int32Array(request.stop);
  return { db, store, sidecars, stopping: () => Atomics.load(flag, 0) !== 0 };
}

function close(db: Connection, store: SidecarStore): void {
  db.close();
  store.close();
}
