import { z } from 'zod';
import { addressSchema, conflictPolicySchema, fileAction, sourcesSchema } from '../file-action.ts';

export const copyEntries = fileAction({
  summary: 'Copies files and folders, with their times, permissions and attributes.',
  name: 'entries.copy',
  input: z.object({
    sources: sourcesSchema.describe('what is copied; of content://… any file that has it'),
    to: addressSchema.describe('a folder that is there, or of one source the name of its copy in one'),
    on_conflict: conflictPolicySchema,
    hash: z.boolean().default(false).describe('verifying it reads every file whole, on both sides'),
  }),
  request: (input) => ({ operation: 'entries.copy', ...input }),
});
