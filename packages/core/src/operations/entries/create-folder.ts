import { z } from 'zod';
import { addressSchema, fileAction } from '../file-action.ts';

export const createFolder = fileAction({
  summary: 'Makes a folder.',
  name: 'entries.create_folder',
  input: z.object({
    path: addressSchema,
    parents: z
      .boolean()
      .default(false)
      .describe('also the folders above it that are not there; one that is there already is no error'),
  }),
  request: ({ path, parents }) => ({ operation: 'entries.create_folder', target: path, parents }),
});
