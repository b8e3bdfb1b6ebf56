import { z } from 'zod';
import type { IssuedPlan } from '../dispatch/plans.ts';
import type { PlanStep, PlanTotals, Verification } from '../operation.ts';

/** Each field that the type has, and no other. */
type Fields<T> = Readonly<Record<keyof T, z.ZodType>>;

const step = z.object({
  what: z.string().describe('a verb'),
  target: z.string().describe('what it is done to'),
  source: z.string().optional().describe('where it comes from'),
  bytes: z.int().optional(),
  detail: z.string().optional(),
  conflict: z.string().optional().describe('id of the conflict it has'),
} satisfies Fields<PlanStep>);

const totals = z
  .object({
    steps: z.int(),
    conflicts: z.int(),
    files: z.int(),
    folders: z.int(),
    bytes: z.int().describe('to be written anew; a rename writes none'),
    bytes_there: z.int().optional().describe('of them, there already by content'),
    files_there: z.int().optional(),
    free: z.int().optional().describe('room at the target, in bytes'),
    expected_ms: z.number().optional(),
  } satisfies Fields<PlanTotals>)
  .describe('of a change of files');

const conflict = z.object({ id: z.string(), about: z.string(), choices: z.array(z.string()), default: z.string() });

/** What every preview answers. */
export const planSchema = z.object({
  plan_id: z.string(),
  operation: z.string(),
  expires_at: z.int(),
  summary: z.string(),
  steps: z.array(step).describe('the first of them, where there are more than a page: plans.steps has them all'),
  totals: totals.optional(),
  bytes: z.int().optional().describe('that will be written, moved or removed'),
  conflicts: z.array(conflict),
  warnings: z.array(z.string()),
} satisfies Fields<IssuedPlan>);

/** What every verification answers. */
export const verificationSchema = z.object({
  ok: z.boolean(),
  observed: z.array(z.object({ what: z.string(), expected: z.string(), seen: z.string(), ok: z.boolean() })),
} satisfies Fields<Verification>);
