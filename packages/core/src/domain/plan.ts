import { z } from 'zod';

/** A step of a plan on the wire, see `PlanStep` of `operation.ts`. */
export const planStepSchema = z.object({
  what: z.string(),
  target: z.string(),
  source: z.string().optional(),
  bytes: z.int().optional(),
  detail: z.string().optional(),
  conflict: z.string().optional(),
});
