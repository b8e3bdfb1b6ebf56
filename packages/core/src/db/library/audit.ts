import type { AuditCounts, AuditOutcome } from '../../domain/audit.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import type { AuditNote } from '../write.ts';
import { brief, whole } from './audit-text.ts';

/** A row of `audit`: one action. `input`, `targets`, `counts`, `output` and `verification` are JSON. */
export interface AuditRow {
  /** UUID text. */
  readonly receipt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly client: string;
  readonly device_id: Uint8Array | null;
  readonly extension: string | null;
  readonly operation: string;
  /** Of a long one, the beginning. */
  readonly input: string;
  readonly targets: string;
  readonly plan: string | null;
  readonly job: string | null;
  readonly outcome: AuditOutcome;
  readonly counts: string | null;
  /** Code and message, where it failed. */
  readonly error: string | null;
  /** Of the last write it made; `null` where it wrote nothing. */
  readonly revision: number | null;
  /** What was answered; `null` where it, or the input, is too long to be kept. */
  readonly output: string | null;
  readonly verification: string | null;
  readonly verified_at: number | null;
}

/** When it is noted, and by which device. */
export interface Stamp {
  readonly deviceId: Uint8Array;
  readonly at: number;
}

/** How an action ended, as far as its commit knows. */
export interface Ended {
  readonly outcome: AuditOutcome;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly output?: unknown;
}

type Writer = Pick<Connection, 'prepare'>;

/** Of refused actions, the last are kept; of all others, every one. */
const MOST_REFUSALS = 10_000;

/** The audit record of a write, in its transaction. Several writes of one action share the record. */
export function recordWrite(
  connection: Writer,
  note: AuditNote,
  stamp: Stamp,
  { targets, revision }: { readonly targets: readonly string[]; readonly revision: number },
): void {
  begin(connection, note, stamp, 'done');
  connection
    .prepare(
      `UPDATE audit SET revision = ?, targets = (SELECT json_group_array(value) FROM
         (SELECT value FROM json_each(audit.targets) UNION SELECT value FROM json_each(?))) WHERE receipt = ?`,
    )
    .run(revision, JSON.stringify(targets), note.receipt);
}

/** A job is about to be asked for that carries the action out: until it ends, that is how the action goes. */
export function recordStarted(connection: Writer, note: AuditNote, stamp: Stamp): void {
  begin(connection, note, stamp, 'started');
  connection.prepare(`UPDATE audit SET outcome = 'started' WHERE receipt = ?`).run(note.receipt);
}

/** What an action is about, where it is not its writes that say so. */
export function recordTargets(connection: Writer, receipt: string, targets: readonly string[]): void {
  connection.prepare('UPDATE audit SET targets = ? WHERE receipt = ?').run(JSON.stringify(targets), receipt);
}

/** The first job that an action asked for. */
export function recordJob(connection: Writer, receipt: string, job: string): void {
  connection.prepare('UPDATE audit SET job = coalesce(job, ?) WHERE receipt = ?').run(job, receipt);
}

/** How the commit of an action ended. Where a job goes on with it, the job has the last word. */
export function recordOutcome(connection: Writer, note: AuditNote, stamp: Stamp, ended: Ended): void {
  begin(connection, note, stamp, ended.outcome);
  if (ended.outcome === 'refused') forgetOldRefusals(connection);
  const output = whole(note.input) === undefined ? undefined : whole(ended.output);
  connection
    .prepare(
      `UPDATE audit SET outcome = CASE WHEN job IS NULL OR ? THEN ? ELSE outcome END, error = coalesce(?, error),
         output = ?, input = ? WHERE receipt = ?`,
    )
    .run(ended.error ? 1 : 0, ended.outcome, textOf(ended.error), output ?? null, brief(note.input), note.receipt);
}

/** How the job ended that carried out an action. */
export function recordJobEnd(
  connection: Writer,
  job: string,
  ended: Pick<Ended, 'outcome' | 'error'> & { readonly counts: AuditCounts | undefined },
): void {
  connection
    .prepare('UPDATE audit SET outcome = ?, error = ?, counts = coalesce(?, counts) WHERE job = ?')
    .run(ended.outcome, textOf(ended.error), ended.counts ? JSON.stringify(ended.counts) : null, job);
}

/** The job that carries out an action, and had ended, was told to go on. */
export function recordJobAgain(connection: Writer, job: string): void {
  connection.prepare("UPDATE audit SET outcome = 'started', error = NULL WHERE job = ?").run(job);
}

/** Receipts of the actions that a job carries out: mostly one. */
export function receiptsOfJob(db: Writer | ReadConnection, job: string): string[] {
  return db
    .prepare<{ receipt: string }>('SELECT receipt FROM audit WHERE job = ?')
    .all(job)
    .map(({ receipt }) => receipt);
}

/** Whether the audit says of a job that it has ended. */
export function hasEndedActions(db: ReadConnection, job: string): boolean {
  return db.prepare("SELECT 1 FROM audit WHERE job = ? AND outcome <> 'started'").get(job) !== undefined;
}

/** What was seen when somebody looked whether an action did what it says. */
export function recordVerification(connection: Writer, receipt: string, verification: unknown, at: number): void {
  connection
    .prepare('UPDATE audit SET verification = ?, verified_at = ? WHERE receipt = ?')
    .run(brief(verification), at, receipt);
}

/** Actions of which nothing says how far they came: the process ended before they had a job, and no plan goes on. */
export function interruptStarted(connection: Writer): void {
  connection
    .prepare(
      `UPDATE audit SET outcome = 'interrupted' WHERE outcome = 'started' AND job IS NULL
         AND receipt NOT IN (SELECT receipt FROM history WHERE state = 'running')`,
    )
    .run();
}

/** Jobs that carry out actions and have not ended, as far as the audit knows. */
export function jobsOfStarted(db: ReadConnection): string[] {
  return db
    .prepare<{ job: string }>(`SELECT DISTINCT job FROM audit WHERE outcome = 'started' AND job IS NOT NULL`)
    .all()
    .map(({ job }) => job);
}

export function auditByReceipt(db: ReadConnection, receipt: string): AuditRow | undefined {
  return db.prepare<AuditRow>('SELECT * FROM audit WHERE receipt = ?').get(receipt);
}

function begin(connection: Writer, note: AuditNote, { at, deviceId }: Stamp, outcome: AuditOutcome): void {
  connection
    .prepare(
      `INSERT INTO audit (receipt, at, client, device_id, extension, operation, input, targets, plan, outcome)
       VALUES (?, ?, ?, ?, ?, ?, ?, '[]', ?, ?) ON CONFLICT (receipt) DO NOTHING`,
    )
    .run(
      note.receipt,
      at,
      note.client,
      deviceId,
      note.extension ?? null,
      note.operation,
      brief(note.input),
      note.plan ?? null,
      outcome,
    );
}

/** Nobody fills the library by asking for what they may not have. */
function forgetOldRefusals(connection: Writer): void {
  connection
    .prepare(
      `DELETE FROM audit WHERE receipt IN
         (SELECT receipt FROM audit WHERE outcome = 'refused' ORDER BY at DESC LIMIT -1 OFFSET ?)`,
    )
    .run(MOST_REFUSALS);
}

function textOf(error: Ended['error']): string | null {
  return error ? `${error.code}: ${error.message}` : null;
}
