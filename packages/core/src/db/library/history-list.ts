import type { HistoryState } from '../../domain/history.ts';
import type { Connection, ReadConnection, SqlValue } from '../../ports/sqlite.ts';
import { FOR_GOOD, HISTORY_COLUMNS, type HistoryRow } from './history.ts';

/** What is in the history for long: the last actions, for some months, and rows of no more than so many bytes in all. */
const MOST_ACTIONS = 1_000;
const LONGEST_MS = 90 * 24 * 3600_000;
const MOST_BYTES = 64 * 2 ** 20;

export interface HistoryFilter {
  readonly states?: readonly HistoryState[] | undefined;
  readonly operation?: string | undefined;
  /** Milliseconds since the epoch; `until` is not in it. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Only what can be undone: actions that hold, and that changed something which can be set back. */
  readonly undoable?: boolean | undefined;
}

/** An action that people did, and that is neither an undo nor a redo, whose effect is still there. */
const UNDOABLE = `state IN ('done', 'partial') AND undoes IS NULL AND items > 0 AND operation <> '${FOR_GOOD}'`;

/** Newest first; `before`: ids below it. */
export function historyPage(
  db: ReadConnection,
  { states, operation, since, until, undoable }: HistoryFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): HistoryRow[] {
  const [where, values]: [string[], SqlValue[]] = [['id < ?'], [before ?? Number.MAX_SAFE_INTEGER]];
  const only = (sql: string, ...given: SqlValue[]): void => {
    where.push(sql);
    values.push(...given);
  };
  if (states) only('state IN (SELECT value FROM json_each(?))', JSON.stringify(states));
  if (operation !== undefined) only('operation = ?', operation);
  if (since !== undefined) only('at >= ?', since);
  if (until !== undefined) only('at < ?', until);
  if (undoable) only(UNDOABLE);
  return db
    .prepare<HistoryRow>(`SELECT ${HISTORY_COLUMNS} FROM history WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`)
    .all(...values, limit);
}

/** The last action before that one that can be undone. */
export function undoableBefore(db: ReadConnection, { id }: Pick<HistoryRow, 'id'>): HistoryRow | undefined {
  return historyPage(db, { undoable: true }, { before: id, limit: 1 })[0];
}

/** The last action whose effect is there, or is coming to be. */
export function lastToUndo(db: ReadConnection): HistoryRow | undefined {
  return db
    .prepare<HistoryRow>(
      `SELECT ${HISTORY_COLUMNS} FROM history WHERE ${UNDOABLE} OR state = 'running' ORDER BY id DESC LIMIT 1`,
    )
    .get();
}

/** The last undo that holds. */
export function lastToRedo(db: ReadConnection): HistoryRow | undefined {
  return db
    .prepare<HistoryRow>(
      `SELECT ${HISTORY_COLUMNS} FROM history WHERE state IN ('done', 'partial') AND items > 0 AND undoes IS NOT NULL
         AND (SELECT o.undoes FROM history o WHERE o.receipt = history.undoes) IS NULL
       ORDER BY id DESC LIMIT 1`,
    )
    .get();
}

/** The first action after it that is neither an undo nor a redo. */
export function doneSince(db: ReadConnection, id: number): HistoryRow | undefined {
  return db
    .prepare<HistoryRow>(`SELECT ${HISTORY_COLUMNS} FROM history WHERE id > ? AND undoes IS NULL
         AND (items > 0 OR state = 'running') ORDER BY id LIMIT 1`)
    .get(id);
}

/** Forgets what is old or too much; answers the plans that nothing needs any more. What runs stays. */
export function pruneHistory(connection: Pick<Connection, 'prepare'>, now: number): string[] {
  const tooMany = connection
    .prepare<{ id: number }>('SELECT id FROM history ORDER BY id DESC LIMIT 1 OFFSET ?')
    .get(MOST_ACTIONS);
  const tooLarge = connection
    .prepare<{ id: number }>(
      `SELECT id FROM (SELECT id, sum(length(changes)) OVER (ORDER BY id DESC) AS bytes FROM history)
       WHERE bytes > ? ORDER BY id DESC LIMIT 1`,
    )
    .get(MOST_BYTES);
  return connection
    .prepare<{ plan: string | null }>(
      `DELETE FROM history WHERE state <> 'running' AND (id <= ? OR at < ?) RETURNING plan`,
    )
    .all(Math.max(tooMany?.id ?? 0, tooLarge?.id ?? 0), now - LONGEST_MS)
    .flatMap(({ plan }) => plan ?? []);
}
