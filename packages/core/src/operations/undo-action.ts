import { z } from 'zod';
import type { Session } from '../context.ts';
import { type HistoryRow, findHistory } from '../db/library/history.ts';
import { uuidSchema } from '../domain/ids.ts';
import { type ErrorCode, SdError } from '../errors.ts';
import type { InverseRequest } from '../file-actions/protocol.ts';
import { whatWasDone } from '../file-actions/what-was-done.ts';
import { refuseChanged } from '../history/changed-since.ts';
import { undoRows } from '../history/undo-rows.ts';
import { jobInfoSchema } from '../jobs/job-schema.ts';
import { type Permission, action, observed } from '../operation.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { countSetBackTask, lookAtUndoTask } from './look-at-undo.ts';

/** So many rows are set back in this thread: fewer than take 10 ms. */
const FEW_ROWS = 100;

interface UndoAction<N extends InverseRequest['operation']> {
  readonly summary: string;
  readonly name: N;
  /** `Undo`, `Redo`. */
  readonly verb: string;
  readonly receipt: string;
  /** What is taken back. Throws `NOT_FOUND` and `CONFLICT`. */
  chosen(db: ReadConnection, receipt: string | undefined): HistoryRow;
  /** The error of one that nobody named and that cannot be taken back, with what may be instead. */
  passedOver?(db: ReadConnection, row: HistoryRow, error: SdError): SdError;
}

/** Undo and redo: both take back an action, which for a redo is an undo. */
export function undoAction<const N extends InverseRequest['operation']>({
  summary,
  name,
  verb,
  receipt,
  chosen,
  passedOver,
}: UndoAction<N>) {
  return action({
    summary,
    name,
    scope: 'library',
    input: z.object({ receipt: uuidSchema.optional().describe(receipt) }),
    output: z.object({
      undone: uuidSchema.describe('receipt of the action that is taken back'),
      summary: z.string(),
      done: z.string().describe('the summary, once it is done: `Moved "a" to /b`'),
      items: z.int().describe('rows that were set back, or steps to be carried out'),
      plan_id: uuidSchema.optional().describe('of what changes files: plans.steps shows how each step goes'),
      job: jobInfoSchema.optional().describe('carries the plan out'),
    }),
    errors: [
      'NOT_FOUND',
      'CONFLICT',
      'CHANGED_SINCE',
      'PLAN_STALE',
      'CONFIRMATION_NEEDED',
      'NOT_READABLE',
      'NOT_WRITABLE',
      'OFFLINE',
      'LIMIT',
      'IO',
      'DISK_FULL',
    ],
    permissions: ['library.write'],

    async preview({ library, inReader, fileActions, session, signal }, input) {
      const row = chosen(library.db, input.receipt);
      const title = `${verb}: ${titleOf(library.db, row)}`;
      if (row.plan !== null) {
        const planned = fileActions.plan(library, inverse(row, title, session), signal);
        const { id, plan } = await planned.catch(orBefore(library.db, row, input.receipt));
        return { plan, basis: {}, stored: id };
      }
      const { steps, total } = await inReader(lookAtUndoTask, { receipt: row.receipt })
        .then((look) => {
          refuseChanged(row, look.changed);
          return look;
        })
        .catch(orBefore(library.db, row, input.receipt));
      const more = total > steps.length ? [`${total} changes in all; the last ${steps.length} are shown`] : [];
      return {
        plan: { summary: title, steps, conflicts: [], warnings: more },
        basis: { receipt: row.receipt, state: row.state },
      };
    },

    async commit({ library, fileActions, session, signal, receipt: own }, input, decisions, shown) {
      const commit = async (plan: string) => {
        const request = { plan, decisions, receipt: own, client: session.client };
        const { undoes = '', summary: what, steps, ...started } = await fileActions.commit(library, request);
        return { undone: undoes, summary: what, items: steps, ...started };
      };
      if (shown?.stored) return commit(shown.id);
      const row = chosen(library.db, input.receipt);
      const title = titleOf(library.db, row);
      if (row.plan !== null) {
        const planned = fileActions.plan(library, inverse(row, `${verb}: ${title}`, session), signal);
        return commit((await planned.catch(orBefore(library.db, row, input.receipt))).id);
      }
      const asked = { receipt: row.receipt };
      const { items } =
        row.items <= FEW_ROWS
          ? await library.write((tx) => undoRows.write(tx, asked)).catch(orBefore(library.db, row, input.receipt))
          : await library.writeInThread(undoRows, asked).catch(orBefore(library.db, row, input.receipt));
      return { undone: row.receipt, summary: title, done: whatWasDone(`${verb}: ${title}`), items };
    },

    async verify({ library, inReader, fileActions, signal }, _input, { undone, plan_id }) {
      if (plan_id !== undefined) return fileActions.verify(library, plan_id, signal);
      const { total, setBack } = await inReader(countSetBackTask, { receipt: undone });
      return observed(
        ['state of the action', 'undone', findHistory(library.db, undone)?.state ?? 'forgotten'],
        ['rows as they were before it', total, setBack],
      );
    },
  });

  function orBefore(db: ReadConnection, row: HistoryRow, named: string | undefined) {
    return (error: unknown): never => {
      const isInTheWay = error instanceof SdError && IN_THE_WAY.has(error.code);
      throw isInTheWay && named === undefined && passedOver ? passedOver(db, row, error) : error;
    };
  }

  /** Who may not change files may not do it by undoing either. */
  function inverse({ plan, receipt: undoes }: HistoryRow, title: string, session: Session): InverseRequest {
    const missing = FILE_PERMISSIONS.filter((permission) => !session.permissions.has(permission));
    if (missing.length > 0)
      throw new SdError(
        'FORBIDDEN',
        `this session lacks ${missing.join(', ')}, which taking back a change of files needs`,
        {
          missing,
        },
      );
    return { operation: name, summary: title, plan: plan ?? '', undoes };
  }
}
/** What keeps one action from being taken back, and may not keep another. */
const IN_THE_WAY: ReadonlySet<ErrorCode> = new Set(['CHANGED_SINCE', 'CONFLICT', 'NOT_FOUND', 'OFFLINE']);
const FILE_PERMISSIONS: readonly Permission[] = ['files.read', 'files.write'];

/** What an undo is about: of a redo, what had been undone. */
function titleOf(db: ReadConnection, row: HistoryRow): string {
  return (row.undoes === null ? undefined : findHistory(db, row.undoes)?.summary) ?? row.summary;
}
