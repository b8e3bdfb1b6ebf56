import type { AuditOutcome } from '../../domain/audit.ts';
import type { HistoryEntry, HistoryState } from '../../domain/history.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import type { AuditNote } from '../write.ts';
import { decodeChanges, encodeChanges, netChanges } from './row-changes.ts';
import type { RowChange } from './user-rows.ts';
import { keyOfChange } from './user-tables.ts';

/** A row of `history`: an action that changed what can be set back. */
export interface HistoryRow {
  readonly id: number;
  /** UUID as text, as in `audit`. */
  readonly receipt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly operation: string;
  readonly client: string;
  readonly summary: string;
  readonly inverse_kind: 'rows' | 'plan';
  readonly plan: string | null;
  /** How many rows it changed, or steps it did. */
  readonly items: number;
  readonly state: HistoryState;
  readonly undoes: string | null;
  readonly undone_by: string | null;
  /** The audit's word on how it went; `null` where the audit has forgotten it. */
  readonly outcome: AuditOutcome | null;
}

/** What the write of an action said of itself. */
interface Made {
  readonly changes: readonly RowChange[];
  readonly sentence: string | undefined;
  /** Receipt of the action it undoes. */
  readonly undone: string | undefined;
}

/** An action that a plan of `actions.db` carries out. */
export interface PlannedAction {
  /** UUID. */
  readonly plan: string;
  readonly receipt: string;
  readonly operation: string;
  readonly client: string;
  readonly summary: string;
  /** Receipt of the action it undoes. */
  readonly undoes: string | undefined;
}

type Writer = Pick<Connection, 'prepare'>;

/**
 * What a write of an action changed, so that it can be undone. Several writes of one action share the row: of each row
 * of data it holds what it was before the first and after the last.
 */
export function recordHistory(connection: Writer, note: AuditNote, at: number, made: Made): void {
  if (made.changes.length === 0) return;
  const again = made.undone !== undefined && findHistory(connection, made.undone)?.undoes;
  const changes = netChanges([...changesOf(connection, note.receipt), ...made.changes], keyOfChange);
  connection
    .prepare(
      `INSERT INTO history (receipt, at, operation, client, summary, inverse_kind, changes, items, state, undoes)
       VALUES (?, ?, ?, ?, ?, 'rows', ?, ?, 'done', ?)
       ON CONFLICT (receipt) DO UPDATE SET changes = excluded.changes, items = excluded.items,
         summary = CASE WHEN ? THEN excluded.summary ELSE summary END`,
    )
    .run(
      note.receipt,
      at,
      note.operation,
      note.client,
      made.sentence ?? note.operation,
      // What was done again is undone by what undid it the first time.
      again ? null : encodeChanges(changes),
      changes.length,
      made.undone ?? null,
      made.sentence === undefined ? 0 : 1,
    );
  if (made.undone !== undefined) markUndone(connection, note.receipt, made.undone, 'undone');
}

/** An action that was committed: it runs until its job ends. Told again of the same, it changes nothing. */
export function recordPlanned(connection: Writer, action: PlannedAction, at: number): void {
  connection
    .prepare(
      `INSERT INTO history (receipt, at, operation, client, summary, inverse_kind, plan, state, undoes)
       VALUES (?, ?, ?, ?, ?, 'plan', ?, 'running', ?) ON CONFLICT (receipt) DO NOTHING`,
    )
    .run(action.receipt, at, action.operation, action.client, action.summary, action.plan, action.undoes ?? null);
}

/** Says of an action that another undid it. Where that one was an undo itself, what it had undone holds again. */
function markUndone(connection: Writer, receipt: string, undone: string, state: 'undone' | 'partial'): void {
  connection.prepare('UPDATE history SET state = ?, undone_by = ? WHERE receipt = ?').run(state, receipt, undone);
  if (state !== 'undone') return;
  // What a plan did again is taken back by what that plan left.
  connection
    .prepare(
      `UPDATE history SET state = 'done', undone_by = NULL, plan = iif(state = 'undone', coalesce(?, plan), plan)
       WHERE receipt = (SELECT undoes FROM history WHERE receipt = ?) AND undone_by = ?`,
    )
    .run(findHistory(connection, receipt)?.plan ?? null, undone, undone);
}

/**
 * The job of a planned action has ended: `done` steps can be undone, `left` were to be done and were not. Where it is an
 * undo itself, the other one is undone, as far as it goes. A job that failed and was told to try again ends again: what
 * it has done since can be undone too, also where the first part was.
 */
export function endPlanned(connection: Writer, receipt: string, { done, left }: { done: number; left: number }): void {
  const row = findHistory(connection, receipt);
  if (!row) return;
  connection
    .prepare(
      `UPDATE history SET items = max(items, ?),
         state = CASE WHEN state = 'running' THEN 'done' WHEN state = 'undone' AND ? > items THEN 'partial' ELSE state END
       WHERE receipt = ?`,
    )
    .run(done, done, receipt);
  if (row.undoes !== null && done > 0) markUndone(connection, receipt, row.undoes, left === 0 ? 'undone' : 'partial');
}

/** Its job, which had ended, was told to go on: until that ends again it is under way. What was taken back stays so. */
export function resumePlanned(connection: Writer, receipt: string): void {
  connection.prepare("UPDATE history SET state = 'running' WHERE receipt = ? AND state = 'done'").run(receipt);
}

export const HISTORY_COLUMNS = `id, receipt, at, operation, client, summary, inverse_kind, plan, items, state, undoes, undone_by,
  (SELECT outcome FROM audit WHERE audit.receipt = history.receipt) AS outcome`;

export function findHistory(db: Writer | ReadConnection, receipt: string): HistoryRow | undefined {
  return db.prepare<HistoryRow>(`SELECT ${HISTORY_COLUMNS} FROM history WHERE receipt = ?`).get(receipt);
}

/** The action that a plan of `actions.db` carried out. */
export function historyOfPlan(db: ReadConnection, plan: string): HistoryRow | undefined {
  return db.prepare<HistoryRow>(`SELECT ${HISTORY_COLUMNS} FROM history WHERE plan = ?`).get(plan);
}

/** What it takes away cannot come back. */
export const FOR_GOOD = 'entries.delete';

/** Whether its effect is there and can be set back, as far as the history knows. */
export function isUndoable({ state, items, operation }: HistoryRow): boolean {
  return (state === 'done' || state === 'partial') && items > 0 && operation !== FOR_GOOD;
}

export function historyEntry(row: HistoryRow): HistoryEntry {
  const { receipt, at, operation, client, summary, state, items } = row;
  return {
    ...{ receipt, at, operation, client, summary, state, items },
    changes: row.inverse_kind === 'rows' ? 'data' : 'files',
    undoable: isUndoable(row),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.plan === null ? {} : { plan_id: row.plan }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
    ...(row.undone_by === null ? {} : { undone_by: row.undone_by }),
  };
}

/** The rows an action changed; none where it is not in the history, or a plan carried it out. */
export function changesOf(db: Writer | ReadConnection, receipt: string): RowChange[] {
  const row = db.prepare<{ changes: Uint8Array | null }>('SELECT changes FROM history WHERE receipt = ?').get(receipt);
  return row?.changes ? decodeChanges(row.changes) : [];
}
