import { z } from 'zod';
import { AUDIT_OUTCOMES } from './audit.ts';
import { uuidSchema } from './ids.ts';

export const HISTORY_STATES = ['running', 'done', 'undone', 'partial'] as const;
export type HistoryState = (typeof HISTORY_STATES)[number];

/** An action of the history on the wire. */
export const historyEntrySchema = z.object({
  receipt: uuidSchema,
  at: z.int(),
  operation: z.string(),
  client: z.string(),
  summary: z.string(),
  state: z
    .enum(HISTORY_STATES)
    .describe('`running`: its job has not ended; `done`: it holds; `partial`: some of it was undone'),
  outcome: z
    .enum(AUDIT_OUTCOMES)
    .optional()
    .describe('how it went, as the audit says: `partial`, `failed` or `cancelled` where some of it was not done'),
  changes: z
    .enum(['data', 'files'])
    .describe('`data`: rows of the library (tags, metadata, collections); `files`: what its plan did on disk'),
  items: z.int().describe('rows changed, or steps done'),
  undoable: z
    .boolean()
    .describe('it holds, and changed something that can be set back; whether it still fits shows when it is previewed'),
  plan_id: uuidSchema.optional(),
  undoes: uuidSchema.optional().describe('receipt of the action that this one undid'),
  undone_by: uuidSchema.optional(),
});
export type HistoryEntry = z.output<typeof historyEntrySchema>;
