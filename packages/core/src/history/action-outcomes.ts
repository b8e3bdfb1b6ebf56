import {
  hasEndedActions,
  interruptStarted,
  jobsOfStarted,
  receiptsOfJob,
  recordJob,
  recordJobEnd,
  recordStarted,
  recordTargets,
} from '../db/library/audit.ts';
import { type PlannedAction, endPlanned, recordPlanned } from '../db/library/history.ts';
import { pruneHistory } from '../db/library/history-list.ts';
import type { AuditNote, WriteEnvironment } from '../db/write.ts';
import { type PlanEnd, changedSteps } from '../domain/carried.ts';
import { showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { EventBus } from '../events.ts';
import type { JobInfo, JobState } from '../jobs/job-manager.ts';
import type { OpenLibrary } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { Regular } from '../regular.ts';
import { noteJobAgain, noteJobEnd } from './job-end.ts';

export interface OutcomeParts {
  readonly events: EventBus;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  /** Throws where it is not open. */
  library(id: string): OpenLibrary;
  /** Throws `NOT_FOUND`. */
  job(id: string): JobInfo;
  /** Native paths of what a plan is about, the first of them. */
  targets(library: OpenLibrary, plan: string): readonly string[];
  /** Nothing of the history needs these plans of `actions.db` any more. */
  forgetPlans(library: OpenLibrary, plans: readonly string[]): void;
}

/** Follows the jobs that actions have started: the audit and the history say how it ended. */
export class ActionOutcomes {
  readonly #parts: OutcomeParts;
  readonly #leave: () => void;
  readonly #pruning: Regular;

  constructor(parts: OutcomeParts) {
    this.#parts = parts;
    this.#pruning = new Regular(parts.clock, (library) =>
      this.#safely('the history could not be pruned', { library }, (open) => this.#prune(open)),
    );
    this.#leave = parts.events.follow(({ resource, change, library, data }) => {
      if (resource !== 'job' || change !== 'updated' || library === undefined) return;
      const job = data?.['job'] as JobInfo;
      // A library that closes meanwhile is caught up on when it opens again.
      if (isEnd(job.state))
        this.#safely('how a job ended is not in the audit yet', { library, job: job.id }, (open) =>
          this.#jobEnded(open, job.id, job),
        );
      else if (job.state === 'queued')
        this.#safely('that a job goes on is not in the audit', { library, job: job.id }, (open) =>
          this.#jobQueued(open, job.id),
        );
    });
  }

  stop(): void {
    this.#leave();
  }

  /** Catches up on what ended while this library was closed. Its jobs are there already. */
  async attach(library: OpenLibrary): Promise<void> {
    this.#pruning.start(library.id);
    await library.note((db) => interruptStarted(db));
    for (const id of jobsOfStarted(library.db)) {
      const job = this.#find(id);
      if (!job || isEnd(job.state)) await this.#jobEnded(library, id, job);
    }
  }

  detach(library: string): void {
    this.#pruning.stop(library);
  }

  /** An action is about to ask for a job: until that ends, the action is under way. */
  async starts(libraryId: string, note: AuditNote): Promise<void> {
    await this.#parts.library(libraryId).note((db, environment) => recordStarted(db, note, stamp(environment)));
  }

  /** A plan of `actions.db` was committed. May be told again of the same after a crash. */
  async planned(libraryId: string, action: PlannedAction): Promise<void> {
    const { receipt, operation, client, plan } = action;
    const library = this.#parts.library(libraryId);
    const targets = [...new Set(this.#parts.targets(library, plan))].map(showNative);
    await library.note((db, environment) => {
      recordStarted(db, { receipt, operation, client, plan, input: null }, stamp(environment));
      recordTargets(db, receipt, targets);
      recordPlanned(db, action, environment.now());
    });
  }

  /** The job that carries out an action of which the audit knows. */
  async hasJob(libraryId: string, receipt: string, job: string): Promise<void> {
    const library = this.#parts.library(libraryId);
    await library.note((db) => recordJob(db, receipt, job));
    const now = this.#find(job);
    if (now && isEnd(now.state)) await this.#jobEnded(library, job, now);
  }

  /** What became of the steps of a plan whose job has ended. */
  async planEnded(libraryId: string, { receipt, job, outcome, carried }: PlanEnd): Promise<void> {
    const { done, skipped, failed } = carried;
    await this.#parts.library(libraryId).note((db) => {
      recordJobEnd(db, job, {
        outcome: outcome === 'done' && failed > 0 ? 'partial' : outcome,
        counts: { done, skipped, failed },
      });
      endPlanned(db, receipt, { done: changedSteps(carried), left: skipped + failed + (outcome === 'done' ? 0 : 1) });
    });
    this.#say(libraryId, [receipt]);
  }

  /** `how`: of a job that nobody knows any more, `undefined`. */
  async #jobEnded(library: OpenLibrary, job: string, how: JobInfo | undefined): Promise<void> {
    if (receiptsOfJob(library.db, job).length === 0) return;
    this.#say(library.id, await library.note((db) => noteJobEnd(db, job, how)));
  }

  /** It waits for another turn, or had ended and was told to try again: then what it carries out is not over. */
  async #jobQueued(library: OpenLibrary, job: string): Promise<void> {
    if (hasEndedActions(library.db, job)) this.#say(library.id, await library.note((db) => noteJobAgain(db, job)));
  }

  #say(library: string, receipts: readonly string[]): void {
    if (receipts.length > 0)
      this.#parts.events.publish({ resource: 'history', change: 'updated', library, ids: receipts });
  }

  #find(id: string): JobInfo | undefined {
    try {
      return this.#parts.job(id);
    } catch (error) {
      if (error instanceof SdError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  async #prune(library: OpenLibrary): Promise<void> {
    const plans = await library.note((db, { now }) => pruneHistory(db, now()));
    if (plans.length > 0) this.#parts.forgetPlans(library, plans);
  }

  #safely(
    trouble: string,
    about: { readonly library: string; readonly job?: string },
    work: (library: OpenLibrary) => Promise<void>,
  ): void {
    void (async () => work(this.#parts.library(about.library)))().catch((error: unknown) =>
      this.#parts.log.warn(trouble, { ...about, error: String(error) }),
    );
  }
}

const isEnd = (state: JobState): boolean => state === 'completed' || state === 'failed' || state === 'cancelled';

function stamp({ deviceId, now }: WriteEnvironment) {
  return { deviceId, at: now() };
}
