import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodePlatform } from '@sd/platform-node/platform.ts';
import { findPlan, insertPlan, planCommitted, planShown } from '../db/actions/plans.ts';
import { SdError } from '../errors.ts';
import { EventBus } from '../events.ts';
import type { JobInfo, JobRequest } from '../jobs/job-manager.ts';
import type { Library } from '../libraries/library.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { ActionStores } from './action-stores.ts';
import { type CommittedAction, FileActionsService } from './file-actions-service.ts';
import type { Planners } from './planners.ts';
import type { PlanRequest, PlannerRequest } from './protocol.ts';

const PLAN = '01234567-89ab-7def-8123-000000000001';
const RECEIPT = '01234567-89ab-7def-8123-000000000002';
const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

function bench(t: TestContext) {
  const folder = temporaryFolder(t);
  mkdirSync(`${folder}/x.sdlibrary`);
  const platform = nodePlatform({ dataFolder: folder, log, keychain: false });
  const clock = new ManualClock();
  const stores = new ActionStores({ ...platform, clock, log });
  const library = {
    id: 'l',
    folder: `${folder}/x.sdlibrary`,
    access: { key: new Uint8Array(32) },
    db: {},
  } as unknown as Library;
  const asked: PlannerRequest[] = [];
  const enqueued: JobRequest[] = [];
  const recorded: CommittedAction[] = [];
  let failing = false;
  const service = new FileActionsService({
    planners: {
      ask: async (request: PlannerRequest) => (asked.push(request), { id: 1, type: 'done' }),
      closeLibrary: async () => {},
    } as unknown as Planners,
    stores,
    device: { id: 'd', slug: 'here' } as never,
    clock,
    log,
    events: new EventBus('test', () => 0),
    newId: () => PLAN,
    mounts: async () => [],
    reachable: async (addresses) => {
      if (addresses.includes('/gone')) throw new SdError('IO', 'the disk does not answer');
    },
    verify: async () => ({ ok: true, observed: [] }),
    record: async (_, action) => void recorded.push(action),
    enqueue: async (request) => {
      if (failing) throw new Error('the process ends here');
      enqueued.push(request);
      return { id: 'job' } as JobInfo;
    },
  });
  t.after(() => service.detach('l'));
  return { service, stores, library, asked, enqueued, recorded, clock, fail: (now: boolean) => (failing = now) };
}

/** As the planner's thread leaves it. */
function committed(stores: ActionStores): void {
  const db = stores.of('l');
  insertPlan(db, { id: PLAN, operation: 'entries.copy', request: {}, undoes: undefined, madeAt: 0 });
  planShown(db, PLAN, { summary: 'Copy it', totals: { steps: 3 }, warnings: [], policy: 'ask' }, 0);
  planCommitted(db, PLAN, { decisions: {}, receipt: RECEIPT, client: 'sd' });
}

test('a plan that was committed when the process ended gets its job, and not two', async (t) => {
  const { service, stores, library, enqueued, recorded, fail } = bench(t);
  service.attach(library);
  committed(stores);
  fail(true);
  await service.resume(library);
  assert.equal(findPlan(stores.of('l'), PLAN)?.job, undefined);
  await service.detach('l');

  fail(false);
  service.attach(library);
  await service.resume(library);
  await service.resume(library);
  assert.deepEqual(
    enqueued.map(({ kind, input }) => ({ kind, input })),
    [{ kind: 'entries.carry_out', input: { plan: PLAN, receipt: RECEIPT } }],
  );
  assert.equal(findPlan(stores.of('l'), PLAN)?.job, 'job');
  assert.deepEqual(recorded.at(-1), {
    plan: PLAN,
    receipt: RECEIPT,
    operation: 'entries.copy',
    client: 'sd',
    summary: 'Copied it',
    undoes: undefined,
  });
});

test('plans that were being made, and those nobody committed in time, are forgotten', async (t) => {
  const { service, stores, library, asked, clock } = bench(t);
  service.attach(library);
  const db = stores.of('l');
  const shown = (id: string, at: number): void => {
    insertPlan(db, { id, operation: 'entries.copy', request: {}, undoes: undefined, madeAt: at });
    planShown(db, id, {}, at);
  };
  insertPlan(db, { id: 'making', operation: 'entries.copy', request: {}, undoes: undefined, madeAt: clock.now() });
  shown('old', clock.now() - 31 * 60_000);
  shown('new', clock.now());
  await service.detach('l');
  service.attach(library);
  const forgotten = (): unknown => asked.flatMap((request) => (request.type === 'forget' ? [request.plans] : []));
  assert.deepEqual(forgotten(), [['making', 'old']]);
  clock.pass(61 * 60_000);
  assert.deepEqual(
    forgotten(),
    [['making', 'old'], ['old'], ['old', 'new']],
    'as the timer finds them, every half hour',
  );
});

test('an actions.db that cannot be read is set aside, and does not keep the library shut', async (t) => {
  const { service, stores, library } = bench(t);
  writeFileSync(`${library.folder}/actions.db`, 'not a database at all, but long enough to look like one'.repeat(100));
  service.attach(library);
  committed(stores);
  assert.equal(findPlan(stores.of('l'), PLAN)?.state, 'committed');
});

test('a disk that does not answer holds up no thread', async (t) => {
  const { service, library, asked } = bench(t);
  service.attach(library);
  const { signal } = new AbortController();
  const named: PlanRequest[] = [
    { operation: 'entries.trash', sources: ['/x', '/gone'] },
    { operation: 'entries.copy', sources: ['/x'], to: '/gone', on_conflict: 'ask' },
    { operation: 'entries.rename', source: '/gone', name: 'x', on_conflict: 'ask' },
    { operation: 'entries.create_file', target: '/gone', parents: false },
    { operation: 'entries.restore', items: ['/gone'], on_conflict: 'ask' },
  ];
  for (const request of named) await assert.rejects(service.plan(library, request, signal), { code: 'IO' });
  assert.deepEqual(asked, []);
});
