import type { Connection, ReadConnection } from '../../platform.ts';
import type { AuditNote } from '../write.ts';
import { decodeChanges, encodeChanges, netChanges } from './row-changes.ts';
import type { RowChange } from './user-rows.ts';
import { keyOfChange } from './user-tables.ts';

export const HISTORY_STATES = ['running', 'done', 'undone', 'partial'] as const;
export type HistoryState = (typeof HISTORY_STATES)[number];

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
  /** How many rows it changed. */
  readonly items: number;
  readonly state: HistoryState;
  readonly undoes: string | null;
  readonly undone_by: string | null;
}

/** What the write of an action said of itself. */
interface Made {
  readonly changes: readonly RowChange[];
  readonly sentence: string | undefined;
  readonly plan: string | undefined;
  readonly undone: string | undefined;
}

type Writer = Pick<Connection, 'prepare'>;

/**
 * What a write of an action changed, so that it can be undone. Several writes of one action share the row: of each row
 * of data it holds what it was before the first and after the last.
 */
export function recordHistory(connection: Writer, note: AuditNote, at: number, made: Made): void {
  if (made.changes.length === 0 && made.plan === undefined) return;
  const earlier = changesOf(connection, note.receipt);
  const changes = netChanges([...earlier, ...made.changes], keyOfChange);
  connection
    .prepare(
      `INSERT INTO history (receipt, at, operation, client, summary, inverse_kind, changes, plan, items, state, undoes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (receipt) DO UPDATE SET changes = excluded.changes, items = excluded.items,
         summary = CASE WHEN ? THEN excluded.summary ELSE summary END`,
    )
    .run(
      note.receipt,
      at,
      note.operation,
      note.client,
      made.sentence ?? note.operation,
      made.plan === undefined ? 'rows' : 'plan',
      made.plan === undefined ? encodeChanges(changes) : null,
      made.plan ?? null,
      changes.length,
      made.plan === undefined ? 'done' : 'running',
      made.undone ?? null,
      made.sentence === undefined ? 0 : 1,
    );
  if (made.undone !== undefined && made.plan === undefined) undid(connection, note.receipt, made.undone, 'undone');
}

/** Says of an action that another undid it. Where that one was an undo itself, what it had undone holds again. */
export function undid(connection: Writer, receipt: string, undone: string, state: 'undone' | 'partial'): void {
  connection.prepare('UPDATE history SET state = ?, undone_by = ? WHERE receipt = ?').run(state, receipt, undone);
  if (state !== 'undone') return;
  connection
    .prepare(
      `UPDATE history SET state = 'done', undone_by = NULL
       WHERE receipt = (SELECT undoes FROM history WHERE receipt = ?) AND undone_by = ?`,
    )
    .run(undone, undone);
}

const SELECT = `SELECT id, receipt, at, operation, client, summary, inverse_kind, plan, items, state, undoes, undone_by
  FROM history`;

export function findHistory(db: ReadConnection, receipt: string): HistoryRow | undefined {
  return db.prepare<HistoryRow>(`${SELECT} WHERE receipt = ?`).get(receipt);
}

/** The rows an action changed; none where it is not in the history, or a plan carried it out. */
export function changesOf(db: Writer | ReadConnection, receipt: string): RowChange[] {
  const row = db.prepare<{ changes: Uint8Array | null }>('SELECT changes FROM history WHERE receipt = ?').get(receipt);
  return row?.changes ? decodeChanges(row.changes) : [];
}
