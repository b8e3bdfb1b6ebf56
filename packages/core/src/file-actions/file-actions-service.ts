import {
  type PlanRow,
  findPlan,
  planEnded,
  planHasJob,
  plansInMaking,
  plansWithoutJob,
  stalePlans,
} from '../db/actions/plans.ts';
import type { PlanEnd } from '../domain/carried.ts';
import type { Device } from '../domain/device.ts';
import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { JobInfo, JobRequest } from '../jobs/job-manager.ts';
import type { Library, LibraryRead } from '../libraries/library.ts';
import type { Verification } from '../domain/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ActionStores } from './action-stores.ts';
import type { CommitRequest, FileActions, MadePlan, StartedPlan } from './file-actions.ts';
import { planHeadOf } from './plan-head.ts';
import type { Planners } from './planners.ts';
import { addressesOf } from './addresses-of.ts';
import type { PlanRequest, PlannerLibrary, PlannerMount, PlannerRequest, PlannerWorld } from './protocol.ts';
import { whatWasDone } from './what-was-done.ts';

/** As long as `dispatch/plans.ts` keeps a plan that was shown. */
const PLAN_LIFETIME_MS = 30 * 60_000;

/** What is written down of a plan when its action is committed. */
export interface CommittedAction {
  readonly plan: string;
  readonly receipt: string;
  readonly operation: string;
  readonly client: string;
  readonly summary: string;
  /** Receipt of the action it takes back. */
  readonly undoes: string | undefined;
}

export interface FileActionsParts {
  readonly planners: Planners;
  readonly stores: ActionStores;
  readonly device: Device;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly newId: () => string;
  /** What is mounted now, with what the library knows of its speed. */
  mounts(library: Pick<LibraryRead, 'db'>): Promise<readonly PlannerMount[]>;
  /** Asks the disks that these addresses lie on, where one may never answer. Throws `IO` where one does not. */
  reachable(addresses: readonly string[]): Promise<void>;
  /** Queues the job that carries out the action of that receipt. */
  enqueue(request: JobRequest, receipt: string): Promise<JobInfo>;
  /** A plan was made, and is likely to be committed soon. */
  made?(library: Library): void;
  verify(library: Library, plan: string, signal: AbortSignal): Promise<Verification>;
  /** Joins the history. May be told again of the same after a crash. */
  record(library: Library, action: CommittedAction): Promise<void>;
}

interface Attached {
  readonly library: Library;
  readonly closing: AbortController;
  cancelTidying: () => void;
}

/** Plans of file actions from being asked for to the job that carries them out. */
export class FileActionsService implements FileActions {
  readonly #parts: FileActionsParts;
  readonly #libraries = new Map<string, Attached>();

  constructor(parts: FileActionsParts) {
    this.#parts = parts;
  }

  /** The library is open. Throws `NEWER_FORMAT`, and what the disk says. */
  attach(library: Library): void {
    const store = this.#parts.stores.open(library);
    const attached = { library, closing: new AbortController(), cancelTidying: () => {} };
    this.#libraries.set(library.id, attached);
    const left = [...plansInMaking(store), ...stalePlans(store, this.#parts.clock.now() - PLAN_LIFETIME_MS)];
    if (left.length > 0) this.#forget(attached, left);
    this.#tidyLater(attached);
  }

  /** Begins the jobs of plans that were committed when the process ended before they had one. */
  async resume(library: Library): Promise<void> {
    for (const plan of plansWithoutJob(this.#parts.stores.of(library.id)))
      await this.#start(library, plan).catch((error: unknown) =>
        this.#parts.log.error('a committed plan could not be started', { plan: plan.id, error: String(error) }),
      );
  }

  async detach(id: string): Promise<void> {
    const attached = this.#libraries.get(id);
    if (!attached) return;
    attached.cancelTidying();
    attached.closing.abort();
    this.#libraries.delete(id);
    await this.#parts.planners.closeLibrary(id);
    this.#parts.stores.close(id);
  }

  /** A plan whose job was cancelled or failed may still go on, when its job is told to. */
  ended(library: string, { plan, outcome }: PlanEnd): void {
    if (outcome === 'done') planEnded(this.#parts.stores.of(library), plan);
  }

  /** Nothing needs these plans any more. */
  forget(library: string, plans: readonly string[]): void {
    if (plans.length > 0) this.#forget(this.#attached(library), plans);
  }

  async plan(library: Pick<LibraryRead, 'id'>, request: PlanRequest, signal: AbortSignal): Promise<MadePlan> {
    const attached = this.#attached(library.id);
    await this.#parts.reachable(addressesOf(request));
    const plan = this.#parts.newId();
    const answer = await this.#ask(attached, { type: 'plan', plan, request, ...(await this.#about(attached)) }, signal);
    if (!answer.made) throw new Error('a planner answers with a plan');
    this.#parts.made?.(attached.library);
    return answer.made;
  }

  verify({ id }: Pick<LibraryRead, 'id'>, plan: string, signal: AbortSignal): Promise<Verification> {
    return this.#parts.verify(this.#attached(id).library, plan, signal);
  }

  async commit(library: Library, { plan, decisions, receipt, client }: CommitRequest): Promise<StartedPlan> {
    const attached = this.#attached(library.id);
    const request = { type: 'commit', plan, decisions, receipt, client, ...(await this.#about(attached)) } as const;
    await this.#ask(attached, request, new AbortController().signal);
    const row = findPlan(this.#parts.stores.of(library.id), plan);
    if (row?.state !== 'committed') throw new Error('a plan that was just committed is there');
    return this.#start(library, row);
  }

  /** What is repeated where the process ended in the middle of it: neither the history nor the jobs have it twice. */
  async #start(library: Library, row: PlanRow): Promise<StartedPlan> {
    const { id: plan, operation, receipt = '', client = '', undoes } = row;
    const { summary, totals } = planHeadOf(row);
    const done = whatWasDone(summary);
    await this.#parts.record(library, { plan, receipt, operation, client, summary: done, undoes });
    const job = await this.#parts.enqueue(
      {
        library: library.id,
        kind: 'entries.carry_out',
        subject: summary,
        input: { plan, receipt },
        priority: 'user',
      },
      receipt,
    );
    planHasJob(this.#parts.stores.of(library.id), plan, job.id);
    return { plan_id: plan, summary, done, steps: totals.steps, job, ...(undoes === undefined ? {} : { undoes }) };
  }

  async #ask(attached: Attached, request: PlannerRequest, signal: AbortSignal) {
    const { events, planners } = this.#parts;
    const ids = 'plan' in request ? [request.plan] : [];
    const library = attached.library.id;
    const either = new AbortController();
    const abort = (): void => either.abort();
    const signals = [signal, attached.closing.signal];
    if (signals.some(({ aborted }) => aborted)) abort();
    for (const one of signals) one.addEventListener('abort', abort, { once: true });
    try {
      return await planners.ask(request, either.signal, (steps) =>
        events.publish({ resource: 'plan', change: 'progress', library, ids, data: { steps } }),
      );
    } finally {
      for (const one of signals) one.removeEventListener('abort', abort);
    }
  }

  async #about({ library }: Attached): Promise<{ library: PlannerLibrary; world: PlannerWorld }> {
    const { device, clock, mounts } = this.#parts;
    return {
      library: { ...library.access, folder: library.folder },
      world: { device: { id: device.id, slug: device.slug }, mounts: await mounts(library), now: clock.now() },
    };
  }

  #attached(id: string): Attached {
    const attached = this.#libraries.get(id);
    if (!attached) throw new SdError('LIBRARY_CLOSED', 'the library is closed');
    return attached;
  }

  #tidyLater(attached: Attached): void {
    const { clock, stores } = this.#parts;
    attached.cancelTidying = clock.after(PLAN_LIFETIME_MS, () => {
      const stale = stalePlans(stores.of(attached.library.id), clock.now() - PLAN_LIFETIME_MS);
      if (stale.length > 0) this.#forget(attached, stale);
      this.#tidyLater(attached);
    });
  }

  /** In a thread: a plan may have a hundred thousand steps. */
  #forget(attached: Attached, plans: readonly string[]): void {
    const { access, folder, id } = attached.library;
    this.#parts.planners
      .ask({ type: 'forget', library: { ...access, folder }, plans }, attached.closing.signal)
      .catch((error: unknown) => {
        if (!attached.closing.signal.aborted)
          this.#parts.log.warn('old plans could not be forgotten', { library: id, error: String(error) });
      });
  }
}
