import { z } from 'zod';
import { librarySummarySchema } from '../../domain/library.ts';
import { query } from '../../operation.ts';

export const listLibraries = query({
  summary: 'Every library this device knows, open or not, and why not.',
  name: 'libraries.list',
  scope: 'core',
  input: z.object({}),
  output: z.object({ libraries: z.array(librarySummarySchema) }),
  errors: [],
  permissions: ['library.read'],
  run: ({ libraries }) => ({ libraries: libraries.list() }),
});
