import { z } from 'zod';
import type { IssuedPlan } from '../dispatch/plans.ts';
import { type FieldsOf, conflictSchema, planStepSchema, planTotalsSchema } from '../domain/plan.ts';

/** What every preview answers. */
export const issuedPlanSchema = z.object({
  plan_id: z.string(),
  operation: z.string(),
  expires_at: z.int(),
  summary: z.string(),
  steps: z
    .array(planStepSchema)
    .describe('the first of them, where there are more than a page: plans.steps has them all'),
  totals: planTotalsSchema.optional(),
  bytes: z.int().optional().describe('that will be written, moved or removed'),
  conflicts: z.array(conflictSchema),
  warnings: z.array(z.string()),
} satisfies FieldsOf<IssuedPlan>);
