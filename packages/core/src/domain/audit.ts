import { z } from 'zod';
import { uuidSchema } from './ids.ts';

/** How an action went. */
export const AUDIT_OUTCOMES = [
  /** It did what it was asked. */
  'done',
  /** The job that carries it out has not ended. */
  'started',
  /** Some of it was done. */
  'partial',
  'failed',
  'cancelled',
  /** It was not begun: a permission, a confirmation or a plan that still holds was missing. */
  'refused',
  /** This device stopped in the middle of it, and nothing says how far it came. */
  'interrupted',
] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What a job that carried out an action came to, in the units it counts in. */
export interface AuditCounts {
  readonly done: number;
  readonly skipped?: number;
  readonly failed: number;
}

export const auditFilterSchema = z.object({
  operation: z.string().min(1).max(100).optional().describe('its name, or an area: `tags.apply`, `tags`'),
  client: z.string().min(1).max(200).optional().describe('how the name of the client begins'),
  outcomes: z.array(z.enum(AUDIT_OUTCOMES)).min(1).max(AUDIT_OUTCOMES.length).optional(),
  since: z.int().min(0).optional().describe('milliseconds since the epoch'),
  until: z.int().min(0).optional().describe('milliseconds since the epoch; not included'),
  text: z.string().min(1).max(1_000).optional().describe('what its targets, its input or its summary contain'),
  receipt: uuidSchema.optional(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

/** An action of the audit on the wire. */
export const auditEntrySchema = z.object({
  receipt: uuidSchema,
  at: z.int(),
  operation: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  client: z.string(),
  device_id: uuidSchema.optional(),
  extension: z.string().optional(),
  summary: z.string().optional().describe('what it did, where it said so'),
  targets: z.array(z.string()),
  input: z.unknown().describe('what it was asked, without secrets; long lists are cut'),
  error: z.string().optional(),
  plan_id: z.string().optional(),
  job: uuidSchema.optional(),
  counts: z
    .object({ done: z.int(), skipped: z.int().optional(), failed: z.int() })
    .optional()
    .describe('what its job came to'),
  revision: z.int().optional().describe('of the last write it made'),
  verification: z.unknown().optional().describe('what was seen when it was verified last'),
  verified_at: z.int().optional(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;
