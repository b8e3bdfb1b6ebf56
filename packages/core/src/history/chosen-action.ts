import { FOR_GOOD, type HistoryRow, findHistory, isUndoable } from '../db/library/history.ts';
import { doneSince, lastToRedo, lastToUndo, undoableBefore } from '../db/library/history-list.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/**
 * The action whose effect an undo takes back: the one of that receipt, or the last that holds. A redo stands for the
 * action it did again. Throws `NOT_FOUND`, and `CONFLICT` with why it cannot be.
 */
export function actionToUndo(db: ReadConnection, receipt: string | undefined): HistoryRow {
  const row = receipt === undefined ? lastToUndo(db) : named(db, receipt);
  if (!row)
    throw new SdError('NOT_FOUND', 'there is nothing to undo', { way_out: 'sd history list shows what was done' });
  return usable(original(db, row));
}

/**
 * The undo that a redo takes back: the one of that receipt (its own, or that of what it undid), or the last that holds,
 * as long as nothing else was done since. Throws `NOT_FOUND`, and `CONFLICT` with why it cannot be.
 */
export function undoToRedo(db: ReadConnection, receipt: string | undefined): HistoryRow {
  if (receipt !== undefined) {
    const row = named(db, receipt);
    if (row.undoes !== null) return usable(row);
    if (row.undone_by !== null) return usable(named(db, row.undone_by));
    throw new SdError('CONFLICT', `"${row.summary}" was not undone`, { state: row.state });
  }
  const last = lastToRedo(db);
  if (!last)
    throw new SdError('NOT_FOUND', 'there is nothing to redo', { way_out: 'sd history list shows what was done' });
  const since = doneSince(db, last.id);
  if (since)
    throw new SdError('CONFLICT', `since the last undo, something else was done: ${since.summary}`, {
      receipt: since.receipt,
      way_out: `sd redo ${last.receipt} does it all the same, where nothing is in the way`,
    });
  return last;
}

/** Why the last action cannot be taken back, and which one before it may be: else nobody would come past it. */
export function passedOver(db: ReadConnection, last: HistoryRow, error: SdError): SdError {
  const before = undoableBefore(db, last);
  if (!before) return error;
  const ways = [error.data['way_out'], `sd undo ${before.receipt} takes back what was done before: ${before.summary}`];
  const data = {
    ...error.data,
    way_out: ways.filter((way) => typeof way === 'string').join('; '),
    before: before.receipt,
  };
  return new SdError(error.code, error.message, data, error);
}

function named(db: ReadConnection, receipt: string): HistoryRow {
  const row = findHistory(db, receipt);
  if (row) return row;
  throw new SdError('NOT_FOUND', `no action with the receipt ${receipt} is in the history`, {
    way_out: 'sd history list shows what can be undone; sd audit list all that was done',
  });
}

/** Of a redo, what it did again. */
function original(db: ReadConnection, row: HistoryRow): HistoryRow {
  const undone = row.undoes === null ? undefined : findHistory(db, row.undoes);
  return (undone?.undoes && findHistory(db, undone.undoes)) || row;
}

function usable(row: HistoryRow): HistoryRow {
  if (isUndoable(row)) return row;
  if (row.state === 'running')
    throw new SdError('CONFLICT', `"${row.summary}" is still being carried out`, {
      receipt: row.receipt,
      way_out: 'wait for its job, or cancel it: what it has done can be undone then',
    });
  if (row.state === 'undone')
    throw new SdError('CONFLICT', `"${row.summary}" was undone already`, {
      receipt: row.receipt,
      ...(row.undone_by === null ? {} : { undone_by: row.undone_by }),
    });
  if (row.operation === FOR_GOOD && row.items > 0)
    throw new SdError('CONFLICT', `"${row.summary}": what was deleted for good cannot come back`, {
      receipt: row.receipt,
    });
  throw new SdError('CONFLICT', `"${row.summary}" changed nothing`, { receipt: row.receipt });
}
