import { changesOf, type HistoryRow } from '../db/library/history.ts';
import { findUserRow, sameRow } from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import type { PlanStep } from '../domain/plan.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type Changed, changedRows } from './changed-since.ts';
import { undoStep } from './row-steps.ts';

const STEPS_SHOWN = 100;

/** What undoing an action that changed rows would do, and what has changed since, which keeps it from being done. */
export interface UndoLook {
  readonly steps: readonly PlanStep[];
  readonly total: number;
  readonly changed: Changed;
}

export function lookAtUndo(db: ReadConnection, { receipt }: Pick<HistoryRow, 'receipt'>): UndoLook {
  const changes = changesOf(db, receipt);
  const steps = changes
    .slice(-STEPS_SHOWN)
    .reverse()
    .map((change) => undoStep(db, change));
  return { steps, total: changes.length, changed: changedRows(db, changes) };
}

/** How many of the rows that an action changed are as they were before it. */
export function countSetBack(db: ReadConnection, receipt: string): { total: number; setBack: number } {
  const changes = changesOf(db, receipt);
  const isBack = changes.filter(({ table: name, before, after }) => {
    const table = userTable(name);
    const now = findUserRow(db, table, before ?? after ?? {});
    return before ? now !== undefined && sameRow(now, before, table.columns) : now === undefined;
  });
  return { total: changes.length, setBack: isBack.length };
}
