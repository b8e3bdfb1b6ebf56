import { z } from 'zod';
import { type HistoryRow, findHistory } from '../db/library/history.ts';
import { uuidSchema } from '../domain/ids.ts';
import { refuseChanged } from '../history/changed-since.ts';
import { undoRows } from '../history/undo-rows.ts';
import { action, observed } from '../operation.ts';
import type { ReadConnection } from '../platform.ts';
import { countSetBackTask, lookAtUndoTask } from './look-at-undo.ts';

/** So many rows are set back in this thread: fewer than take 10 ms. */
const FEW_ROWS = 100;

interface UndoAction<N extends string> {
  readonly summary: string;
  readonly name: N;
  /** `Undo`, `Redo`. */
  readonly verb: string;
  readonly receipt: string;
  /** What is taken back. Throws `NOT_FOUND` and `CONFLICT`. */
  chosen(db: ReadConnection, receipt: string | undefined): HistoryRow;
}

/** Undo and redo: both take back an action, which for a redo is an undo. */
export function undoAction<const N extends string>({ summary, name, verb, receipt, chosen }: UndoAction<N>) {
  return action({
    summary,
    name,
    scope: 'library',
    input: z.object({ receipt: uuidSchema.optional().describe(receipt) }),
    output: z.object({
      undone: uuidSchema.describe('receipt of the action that was taken back'),
      summary: z.string(),
      items: z.int().describe('rows that were set back'),
    }),
    errors: ['NOT_FOUND', 'CONFLICT', 'CHANGED_SINCE', 'DISK_FULL'],
    permissions: ['library.write'],

    async preview({ library, inReader }, input) {
      const row = chosen(library.db, input.receipt);
      const { steps, total, changed } = await inReader(lookAtUndoTask, { receipt: row.receipt });
      refuseChanged(row, changed);
      return {
        plan: {
          summary: `${verb}: ${titleOf(library.db, row)}`,
          steps,
          conflicts: [],
          warnings: total > steps.length ? [`${total} changes in all; the last ${steps.length} are shown`] : [],
        },
        basis: { receipt: row.receipt, state: row.state },
      };
    },

    async commit({ library }, input) {
      const row = chosen(library.db, input.receipt);
      const asked = { receipt: row.receipt };
      const { items } =
        row.items <= FEW_ROWS
          ? await library.write((tx) => undoRows.write(tx, asked))
          : await library.writeInThread(undoRows, asked);
      return { undone: row.receipt, summary: titleOf(library.db, row), items };
    },

    async verify({ library, inReader }, _input, { undone }) {
      const { total, setBack } = await inReader(countSetBackTask, { receipt: undone });
      return observed(
        ['state of the action', 'undone', findHistory(library.db, undone)?.state ?? 'forgotten'],
        ['rows as they were before it', total, setBack],
      );
    },
  });
}

/** What an undo is about: of a redo, what had been undone. */
function titleOf(db: ReadConnection, row: HistoryRow): string {
  return (row.undoes === null ? undefined : findHistory(db, row.undoes)?.summary) ?? row.summary;
}
