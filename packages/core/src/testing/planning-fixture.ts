import { mkdirSync, readFileSync } from 'node:fs';
import { threadPlatform } from '@sd/platform-node/platform.ts';
import { addressOf } from '../browsing/address.ts';
import { dedupePlan } from '../deduplicating/dedupe-steps.ts';
import { openActionsDatabase } from '../db/actions/open.ts';
import { findPlan, planEnded } from '../db/actions/plans.ts';
import { type FoundStep, findStep, stepsFrom } from '../db/actions/steps.ts';
import { migrate } from '../db/migrate.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { idSource } from '../domain/ids.ts';
import { fromPlainError } from '../errors.ts';
import type { MadePlan } from '../file-actions/file-actions.ts';
import { type StepPlace, StepPaths } from '../file-actions/step-paths.ts';
import { plannerRole } from '../file-actions/planner-role.ts';
import type { GivenStep, PlanRequest, PlannerAnswer, PlannerMount, PlannerRequest } from '../file-actions/protocol.ts';
import type { Decisions } from '../domain/plan.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import { temporaryFolder } from './open-test-core.ts';

/** A planner in this thread, over a library that knows no location. */
export interface PlanningBench {
  /** Empty; on the disk. */
  readonly folder: string;
  /** Where the library itself lies. */
  readonly own: string;
  readonly actions: Connection;
  readonly db: Connection;
  /** Changed between two plans as a mount is. */
  mounts: PlannerMount[];
  /** `cancelled`: by then the client has cancelled it. */
  plan(request: PlanRequest, cancelled?: boolean): Promise<MadePlan>;
  commit(plan: string, decisions?: Decisions): Promise<void>;
  steps(plan: string): (FoundStep & StepPlace)[];
  end(plan: string): void;
}

interface Options {
  readonly platform?: (platform: ThreadPlatform) => Partial<ThreadPlatform>;
  readonly mounts?: readonly PlannerMount[];
  readonly inverse?: () => Iterable<GivenStep>;
}

/** A mount of one plain file system, the same for all paths but for what is said of it. */
export function plannerMount(path: string, said: Partial<PlannerMount> = {}): PlannerMount {
  return {
    path,
    superblock: 1,
    identity: 'one',
    fileSystem: 'ext4',
    virtual: false,
    network: false,
    readOnly: false,
    copyOnWrite: false,
    ...said,
  };
}

export function planningBench(scope: { after(call: () => void): void }, options: Options = {}): PlanningBench {
  const folder = temporaryFolder(scope, 'sd-plan-');
  const own = temporaryFolder(scope, 'sd-plan-library-');
  const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  const bare = threadPlatform(log);
  const platform = { ...bare, openFiles: () => [], ...options.platform?.(bare) };
  const key = new Uint8Array(32).fill(7);
  mkdirSync(`${own}/Test.sdlibrary`);
  const databasePath = `${own}/Test.sdlibrary/library.db`;
  const db = platform.sqlite.open({ path: databasePath, key, mode: 'create' });
  migrate(db, migrations);
  const actions = openActionsDatabase(platform.sqlite, `${own}/Test.sdlibrary/actions.db`, key);
  const library = {
    id: 'library',
    folder: `${own}/Test.sdlibrary`,
    databasePath,
    key,
    lock: new SharedArrayBuffer(64),
    entryIds: new SharedArrayBuffer(64),
    deviceId: new Uint8Array(16),
    dataFolder: own,
  };
  const waiting = new Map<number, (answer: PlannerAnswer) => void>();
  let deliver: (message: unknown) => void = () => {};
  plannerRole({ addressOf, inverseSteps: options.inverse ?? (() => []), dedupePlan })(platform, {
    post: (message) => {
      const answer = message as PlannerAnswer;
      if (answer.type !== 'progress') waiting.get(answer.id)?.(answer);
    },
    onMessage: (listener) => (deliver = listener),
  });
  let lastId = 0;
  const ask = (request: PlannerRequest, stop = false) =>
    new Promise<MadePlan | undefined>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, (answer) => {
        if (answer.type === 'failed') reject(fromPlainError(answer.error));
        else if (answer.type === 'done') resolve(answer.made);
      });
      const cancelled = new Int32Array(new SharedArrayBuffer(4)).fill(stop ? 1 : 0);
      deliver({ ...request, id, cancelled: cancelled.buffer });
    });
  const ids = idSource(platform.clock, platform.random);
  scope.after(() => {
    void ask({ type: 'close', library: library.id });
    actions.close();
    db.close();
  });
  const bench: PlanningBench = {
    folder,
    own,
    actions,
    db,
    mounts: [...(options.mounts ?? [])],
    async plan(request, cancelled) {
      const made = await ask({ type: 'plan', library, world: world(), plan: ids.text(), request }, cancelled);
      if (!made) throw new Error('no plan');
      return made;
    },
    async commit(plan, decisions = {}) {
      await ask({ type: 'commit', library, world: world(), plan, decisions, receipt: ids.text(), client: 'test' });
      if (findPlan(actions, plan)?.state !== 'committed') throw new Error('not committed');
    },
    steps(plan) {
      const paths = new StepPaths((seq) => findStep(actions, plan, seq));
      return [...stepsFrom(actions, plan)].map((step) => ({ ...step, ...paths.of(step) }));
    },
    end: (plan) => planEnded(actions, plan),
  };
  const world = () => ({
    device: { id: '00000000-0000-7000-8000-000000000000', slug: 'here' },
    mounts: bench.mounts,
    now: platform.clock.now(),
  });
  return bench;
}

/** The mounts of this machine, as the planner gets them. */
export function mountsHere(): PlannerMount[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [head = '', tail = ''] = line.split(' - ');
      const [, , device = '0:0', , path = '/', options = ''] = head.split(' ');
      const [major = 0, minor = 0] = device.split(':').map(Number);
      return {
        path,
        superblock: major * 2 ** 20 + minor,
        identity: `${device} ${path}`,
        fileSystem: tail.split(' ')[0] ?? '',
        virtual: false,
        network: false,
        readOnly: options.split(',').includes('ro'),
        copyOnWrite: false,
      };
    });
}
