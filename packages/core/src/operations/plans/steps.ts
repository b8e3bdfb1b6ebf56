import { z } from 'zod';
import { findPlan } from '../../db/actions/plans.ts';
import { STEP_FILTERS } from '../../db/actions/steps.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { conflictSchema, planStepSchema } from '../../domain/plan.ts';
import { STEP_STATES } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import { planHeadOf } from '../../file-actions/plan-head.ts';
import { planPage } from '../../file-actions/plan-pages.ts';
import { query } from '../../operation.ts';

export const planSteps = query({
  summary: 'Lists the steps of a plan of a file action, and how each went once it was carried out.',
  name: 'plans.steps',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    plan_id: uuidSchema,
    only: z.enum(STEP_FILTERS).optional().describe('those with a conflict, or in this state; all by default'),
    ...pageInput,
  }),
  output: z.object({
    plan_id: uuidSchema,
    operation: z.string(),
    state: z.enum(['shown', 'committed', 'ended']),
    summary: z.string(),
    steps: z.array(
      planStepSchema.extend({
        seq: z.int().describe('its number: steps are carried out in this order'),
        state: z.enum(STEP_STATES),
        question: conflictSchema.optional().describe('its conflict'),
        error: z.object({ code: z.string(), message: z.string() }).optional().describe('why it was skipped, or failed'),
      }),
    ),
    total: z.int().describe('steps of the whole plan'),
    next_cursor: z.string().optional(),
  }),
  errors: ['PLAN_NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['files.read'],

  run({ library }, { plan_id, only, limit, cursor }) {
    const { plans } = library;
    const row = plans && findPlan(plans, plan_id);
    if (!row || row.state === 'making')
      throw new SdError('PLAN_NOT_FOUND', `no plan ${plan_id} is kept: those never committed last 30 minutes`, {
        way_out: 'preview again',
      });
    const head = planHeadOf(row);
    const page = fingerprintOf({ plan_id, only });
    const from = cursor === undefined ? 0 : fromOf(cursor, page);
    const steps = planPage(plan_id, head, plans, { from, limit: limit + 1, only });
    const next = steps[limit];
    return {
      plan_id,
      operation: row.operation,
      state: row.state,
      summary: head.summary,
      steps: steps.slice(0, limit),
      total: head.totals.steps,
      ...(next ? { next_cursor: encodeCursor(page, [next.seq]) } : {}),
    };
  },
});

function fromOf(cursor: string, page: string): number {
  const values = decodeCursor(cursor, page, z.tuple([z.int().min(0)]));
  if (values) return values[0];
  throw new SdError('CURSOR_STALE', 'this cursor is of another plan or selection');
}
