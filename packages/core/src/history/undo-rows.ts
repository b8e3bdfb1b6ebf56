import { type HistoryRow, changesOf, findHistory } from '../db/library/history.ts';
import { type RowChange, changeUserRow } from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import type { WriteTransaction } from '../db/write.ts';
import { SdError } from '../errors.ts';
import type { WriteTask } from '../write-task.ts';
import { refuseChanged, refuseObjections } from './changed-since.ts';

export interface UndoneRows {
  readonly summary: string;
  /** How many rows were set back. */
  readonly items: number;
}

/**
 * Sets back the rows an action changed: all of them, each still as the action left it, or none. Throws `CHANGED_SINCE`
 * with what stands in the way. The undo is an action of its own, and undoing it does what was undone again.
 */
export const undoRows: WriteTask<{ receipt: string }, UndoneRows> = {
  name: 'history.undo_rows',
  write(tx, { receipt }) {
    const row = theRow(findHistory(tx, receipt), receipt);
    const changes = changesOf(tx, receipt);
    refuseChanged(tx, row, changes);
    setBack(tx, changes);
    refuseObjections(tx, row, changes);
    tx.undoes(receipt);
    tx.summary(`${row.undoes === null ? 'Undid' : 'Did again'}: ${originalOf(tx, row).summary}`);
    tx.target(row.summary);
    return { summary: row.summary, items: changes.length };
  },
};

/** What was made last goes first, and all that goes before what comes back, which may have its name. */
function setBack(tx: WriteTransaction, changes: readonly RowChange[]): void {
  const backwards = changes.toReversed();
  for (const { table, before, after } of backwards)
    if (!before && after) changeUserRow(tx, userTable(table), after, null);
  for (const { table, before, after } of backwards) if (before) changeUserRow(tx, userTable(table), after, before);
}

function originalOf(tx: WriteTransaction, row: HistoryRow): HistoryRow {
  return (row.undoes === null ? undefined : findHistory(tx, row.undoes)) ?? row;
}

function theRow(row: HistoryRow | undefined, receipt: string): HistoryRow {
  if (row) return row;
  throw new SdError('NOT_FOUND', `the action ${receipt} is not in the history`);
}
