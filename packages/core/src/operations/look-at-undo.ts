import type { HistoryRow } from '../db/library/history.ts';
import { type UndoLook, countSetBack, lookAtUndo } from '../history/look-at-undo.ts';
import type { ReaderTask } from '../operation.ts';

/** For previews: what undoing an action that changed rows would do. */
export const lookAtUndoTask: ReaderTask<Pick<HistoryRow, 'receipt'>, UndoLook> = {
  name: 'history.look_at_undo',
  run: ({ library }, row) => lookAtUndo(library.db, row),
};

/** For verifying: how many of the rows are as they were before the action. */
export const countSetBackTask: ReaderTask<{ receipt: string }, { total: number; setBack: number }> = {
  name: 'history.count_set_back',
  run: ({ library }, { receipt }) => countSetBack(library.db, receipt),
};
