import { z } from 'zod';
import { addressSchema, fileAction } from '../file-action.ts';

export const createFile = fileAction({
  summary: 'Makes an empty file.',
  name: 'entries.create_file',
  input: z.object({
    path: addressSchema,
    parents: z.boolean().default(false).describe('also the folders above it that are not there'),
  }),
  request: ({ path, parents }) => ({ operation: 'entries.create_file', target: path, parents }),
});
