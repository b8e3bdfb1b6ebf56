import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { JOB_PRIORITIES, JOB_STATES } from './job-manager.ts';

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

const problems = z.object({
  count: z.int(),
  named: z.array(z.object({ item: z.string(), reason: z.string() })).readonly(),
});

export const jobLogLineSchema = z.object({
  line: z.int(),
  at: z.int(),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).readonly().optional(),
});

/** `JobInfo` on the wire. */
export const jobInfoSchema = z.object({
  id: uuidSchema,
  kind: z.string(),
  library: uuidSchema,
  subject: z.string(),
  input: z.record(z.string(), z.unknown()).readonly(),
  priority: z.enum(JOB_PRIORITIES),
  state: z.enum(JOB_STATES),
  stopping: z.enum(['pause', 'cancel']).optional(),
  after: z.array(uuidSchema).readonly().optional().describe('jobs that must complete before it starts'),
  progress,
  problems: problems.optional().describe('items it could not do, and went on; the first are named'),
  created_at: z.int(),
  started_at: z.int().optional(),
  ended_at: z.int().optional(),
  attempts: z.int().optional().describe('how often it failed in a row for a reason that may pass'),
  next_try_at: z.int().optional().describe('it waits for what `error` says to pass'),
  result: z.unknown().optional(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      way_out: z.string().optional().describe('what a person can do about it'),
    })
    .optional(),
});
