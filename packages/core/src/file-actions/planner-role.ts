import { ACTIONS_FILE } from '../db/actions/open.ts';
import { forgetPlan } from '../db/actions/plans.ts';
import { SdError, asSdError, toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { NameLimits, UserFiles } from '../ports/user-files.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { commitPlan } from './committing/commit-plan.ts';
import { Disk } from './planning/disk.ts';
import { IndexedTree } from './planning/indexed-tree.ts';
import { makePlan } from './planning/make-plan.ts';
import type { PlannerHelp, PlanningParts } from './planning/parts.ts';
import { PlanWriter } from './planning/plan-writer.ts';
import { Warnings } from './planning/warnings.ts';
import type { PlannerAnswer, PlannerLibrary, PlannerMessage } from './protocol.ts';

const CACHE_KIB = 4 * 1024;
/** Steps after which what is in the log of `actions.db` is worth moving into the file; a small plan counts for some. */
const TIDY_AFTER = 10_000;
const SMALL_PLAN = 100;

interface Opened {
  readonly db: Connection;
  readonly actions: Connection;
}

/** The thread that makes plans, and holds them against the disk when they are committed. */
export function plannerRole(help: PlannerHelp) {
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const { files, clock, sqlite } = platform;
    const libraries = new Map<string, Opened>();
    const post = (answer: PlannerAnswer): void => port.post(answer);
    let written = 0;
    let last: Promise<void> = Promise.resolve();
    port.onMessage((message) => {
      last = last.then(() => take(message as PlannerMessage));
    });

    async function take(message: PlannerMessage): Promise<void> {
      try {
        const made = await answerTo(message);
        post({ id: message.id, type: 'done', ...(made ? { made } : {}) });
      } catch (error) {
        post({ id: message.id, type: 'failed', error: toPlainError(error) });
      }
    }

    async function answerTo(message: PlannerMessage) {
      if (message.type === 'close') return close(message.library);
      const { actions, db } = open(message.library);
      const cancelled = new Int32Array(message.cancelled);
      const checkCancelled = (): void => {
        if (Atomics.load(cancelled, 0) !== 0) throw new SdError('CANCELLED', 'cancelled on request');
      };
      if (message.type === 'forget') {
        for (const plan of message.plans) forgetPlan(actions, plan);
        return tidy(actions);
      }
      if (message.type === 'commit') return commitPlan(message, { files, actions, checkCancelled });
      const limits = limitsOf(await platform.userFiles?.());
      const { world, library, plan } = message;
      const disk = new Disk(files, world.mounts, limits);
      const parts: PlanningParts = {
        files,
        db,
        actions,
        library,
        world,
        help,
        disk,
        index: new IndexedTree(db),
        out: new PlanWriter({
          actions,
          plan,
          keepsInodes: (device) => disk.keepsInodes(device),
          checkCancelled,
          progress: (steps) => post({ id: message.id, type: 'progress', steps }),
        }),
        warnings: new Warnings(),
        openFiles: platform.openFiles && ((enough) => platform.openFiles?.(enough) ?? []),
        now: () => clock.monotonic(),
        time: () => clock.now(),
        checkCancelled,
      };
      const made = makePlan(plan, message.request, parts);
      written += Math.max(SMALL_PLAN, parts.out.totals.steps);
      if (written >= TIDY_AFTER) {
        written = 0;
        tidy(actions);
      }
      return made;
    }

    function open({ id, databasePath, key, folder }: PlannerLibrary): Opened {
      const known = libraries.get(id);
      if (known) return known;
      const db = sqlite.open({ path: databasePath, key, mode: 'read', cacheKiB: CACHE_KIB });
      const actions = sqlite.open({ path: `${folder}/${ACTIONS_FILE}`, key, mode: 'write', cacheKiB: CACHE_KIB });
      const opened = { db, actions };
      libraries.set(id, opened);
      return opened;
    }

    function close(id: string): void {
      const opened = libraries.get(id);
      libraries.delete(id);
      opened?.actions.close();
      opened?.db.close();
    }
  };
}

/** Writers leave the log as it is: who writes much moves it into the file. */
function tidy(actions: Connection): void {
  try {
    actions.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
  } catch {
    // No room for it, say: what is in the log is as good, and it is tried again.
  }
}

/** Where the platform does not say, names are as POSIX has them at least. */
const USUAL: NameLimits = {
  nameLength: 255,
  encoding: 'utf8',
  pathLength: 4096,
  caseSensitive: undefined,
  readOnly: false,
  lacks: [],
};

function limitsOf(userFiles: UserFiles | undefined): (folder: string) => NameLimits {
  return (folder) => {
    try {
      return userFiles?.limits(folder) ?? USUAL;
    } catch (error) {
      if (asSdError(error).code === 'UNAVAILABLE') return USUAL;
      throw error;
    }
  };
}
