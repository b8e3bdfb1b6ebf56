import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { addressSchema, conflictPolicySchema, fileAction } from '../file-action.ts';

export const restoreEntries = fileAction({
  summary: 'Brings back out of the trash what actions of this device put there.',
  name: 'entries.restore',
  input: z
    .object({
      items: z
        .array(addressSchema)
        .max(10_000)
        .default([])
        .describe('ids from entries.list_trash, or paths as they were: of several from one path the last'),
      receipt: uuidSchema.optional().describe('all that the action with this receipt put there'),
      to: addressSchema.optional().describe('a folder that is there; where they were, by default'),
      on_conflict: conflictPolicySchema,
    })
    .refine(({ items, receipt }) => items.length > 0 || receipt !== undefined, 'name items, or a receipt'),
  request: (input) => ({ operation: 'entries.restore', ...input }),
});
