import { auditByReceipt, recordOutcome, recordVerification } from './db/library/audit.ts';
import { findHistory } from './db/library/history.ts';
import type { AuditNote } from './db/write.ts';
import type { Journal } from './dispatch/journal.ts';
import type { Receipt } from './dispatch/receipts.ts';
import type { ErrorCode, SdError } from './errors.ts';
import type { EventBus } from './events.ts';
import type { ActionOutcomes } from './history/action-outcomes.ts';
import type { JobManager } from './jobs/job-manager.ts';
import type { Library } from './libraries/library.ts';
import type { Libraries } from './libraries/manager.ts';
import type { Verification } from './domain/plan.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

export interface JournalParts {
  readonly libraries: Libraries;
  readonly outcomes: Pick<ActionOutcomes, 'starts' | 'hasJob'>;
  readonly events: EventBus;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Nothing was begun. */
const REFUSALS: readonly ErrorCode[] = [
  'FORBIDDEN',
  'INVALID_INPUT',
  'PLAN_STALE',
  'PLAN_NOT_FOUND',
  'CONFIRMATION_NEEDED',
  'CHANGED_SINCE',
];

/** Writes what becomes of actions into the audit of their library, and all of them into the log. */
export class CoreJournal implements Journal {
  readonly #parts: JournalParts;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  async ended(
    library: Pick<Library, 'id'> | undefined,
    note: AuditNote,
    how: { readonly output: unknown } | { readonly error: SdError },
  ): Promise<void> {
    const error = 'error' in how ? how.error : undefined;
    const { operation, client, receipt } = note;
    this.#parts.log.info('action', { operation, client, receipt, outcome: error ? error.code : 'done' });
    if (!library) return;
    await this.#safely(receipt, async () => {
      const { outcome, ...ended } = error
        ? { outcome: REFUSALS.includes(error.code) ? ('refused' as const) : ('failed' as const), error }
        : { outcome: 'done' as const, output: 'output' in how ? how.output : undefined };
      const open = this.#parts.libraries.open(library.id);
      await open.note((db, { deviceId, now }) =>
        recordOutcome(db, note, { deviceId, at: now() }, { outcome, ...ended }),
      );
      if (!findHistory(open.db, receipt)) return;
      this.#parts.events.publish({ resource: 'history', change: 'created', library: library.id, ids: [receipt] });
    });
  }

  async verified(library: Pick<Library, 'id'> | undefined, receipt: string, verification: Verification): Promise<void> {
    if (!library) return;
    await this.#safely(receipt, () =>
      this.#parts.libraries
        .open(library.id)
        .note((db, { now }) => recordVerification(db, receipt, verification, now())),
    );
  }

  receipt(id: string): Receipt | undefined {
    for (const { id: library, state } of this.#parts.libraries.list()) {
      if (state !== 'open') continue;
      const row = auditByReceipt(this.#parts.libraries.open(library).db, id);
      if (row?.output)
        return { operation: row.operation, library, input: JSON.parse(row.input), output: JSON.parse(row.output) };
    }
    return undefined;
  }

  /** The jobs as an action sees them: the audit knows of each it asks for, also where the process ends in between. */
  jobsOf(jobs: JobManager, library: Pick<Library, 'id'>, note: AuditNote): JobManager {
    const { outcomes } = this.#parts;
    return {
      list: (filter) => jobs.list(filter),
      info: (id) => jobs.info(id),
      log: (id, range) => jobs.log(id, range),
      cancel: (id) => jobs.cancel(id),
      pause: (id) => jobs.pause(id),
      resume: (id) => jobs.resume(id),
      retry: (id) => jobs.retry(id),
      clearHistory: (filter) => jobs.clearHistory(filter),
      ended: (id) => jobs.ended(id),
      async enqueue(request) {
        await outcomes.starts(library.id, note);
        const job = await jobs.enqueue(request);
        await outcomes.hasJob(library.id, note.receipt, job.id);
        return job;
      },
    };
  }

  /** A library that was closed meanwhile, or a full disk: the answer to the client stands, and the log has it. */
  async #safely(receipt: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      this.#parts.log.error('what became of an action is not in the audit', { receipt, error: String(failure) });
    }
  }
}
