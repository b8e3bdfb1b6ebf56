import { z } from 'zod';
import { addressSchema, conflictPolicySchema, fileAction, sourcesSchema } from '../file-action.ts';

export const moveEntries = fileAction({
  summary: 'Moves files and folders: by a rename where there is one, else copied, compared and then removed.',
  name: 'entries.move',
  input: z.object({
    sources: sourcesSchema.describe('what is moved'),
    to: addressSchema.describe('a folder that is there, or of one source its new name in one'),
    on_conflict: conflictPolicySchema,
    hash: z.boolean().default(false).describe('verifying it reads every file whole, on both sides'),
  }),
  request: (input) => ({ operation: 'entries.move', ...input }),
});
