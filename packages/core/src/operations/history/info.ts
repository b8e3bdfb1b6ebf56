import { z } from 'zod';
import { findAudit } from '../../db/library/audit-list.ts';
import { findHistory, historyEntry } from '../../db/library/history.ts';
import { auditEntrySchema } from '../../domain/audit.ts';
import { historyEntrySchema } from '../../domain/history.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { planStepSchema } from '../../domain/plan.ts';
import { SdError } from '../../errors.ts';
import { lookAtUndo } from '../../history/look-at-undo.ts';
import { query } from '../../operation.ts';

export const historyInfo = query({
  summary:
    'One action of the history: what undoing it would do, and what has been changed since and keeps it from that.',
  name: 'history.info',
  scope: 'library',
  thread: 'reader',
  input: z.object({ receipt: uuidSchema }),
  output: z.object({
    action: historyEntrySchema,
    audit: auditEntrySchema.optional(),
    steps: z
      .array(planStepSchema)
      .readonly()
      .describe('of an undo: the first of them; those of a plan are in plans.steps, as they were done'),
    changed: z
      .object({ count: z.int(), named: z.array(z.object({ what: z.string(), how: z.string() })).readonly() })
      .describe(
        'what is not as the action left it, where that were rows of the library; files are looked at when undoing is previewed',
      ),
  }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],

  run({ library }, { receipt }) {
    const row = findHistory(library.db, receipt);
    if (!row)
      throw new SdError('NOT_FOUND', `no action with the receipt ${receipt} is in the history`, {
        way_out: 'sd history list shows what can be undone; sd audit list all that was done',
      });
    const audit = findAudit(library.db, receipt);
    const { steps, changed } = lookAtUndo(library.db, row);
    return { action: historyEntry(row), ...(audit ? { audit } : {}), steps, changed };
  },
});
