import { z } from 'zod';
import { addressSchema, conflictPolicySchema, fileAction } from '../file-action.ts';

export const renameEntry = fileAction({
  summary: 'Gives a file or folder another name in its folder.',
  name: 'entries.rename',
  input: z.object({
    path: addressSchema,
    name: z.string().min(1).max(1_024).describe('a name, not a path'),
    on_conflict: conflictPolicySchema,
  }),
  request: ({ path, name, on_conflict }) => ({ operation: 'entries.rename', source: path, name, on_conflict }),
});
