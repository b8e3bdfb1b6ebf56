import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { JOB_STATES } from './job-manager.ts';

const progress = z.object({
  phase: z.string(),
  done: z.int(),
  total: z.int().optional(),
  bytes: z.int(),
  bytes_total: z.int().optional(),
  rate: z.number(),
  remaining_ms: z.int().optional(),
  detail: z.string().optional(),
});

/** `JobInfo` on the wire. */
export const jobInfoSchema = z.object({
  id: uuidSchema,
  kind: z.string(),
  library: uuidSchema,
  subject: z.string(),
  input: z.record(z.string(), z.unknown()).readonly(),
  state: z.enum(JOB_STATES),
  stopping: z.enum(['pause', 'cancel']).optional(),
  progress,
  created_at: z.int(),
  started_at: z.int().optional(),
  ended_at: z.int().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
