import { z } from 'zod';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { query } from '../../operation.ts';

export const libraryInfo = query({
  summary:
    'One library, measured now: entries, locations, size, last backup. What takes its key is left out while it is closed.',
  name: 'libraries.info',
  scope: 'core',
  input: z.object({ which: librarySelector.optional().describe('the only open one if left out') }),
  output: librarySummarySchema.extend({
    created_at: z.int().optional(),
    format: z.int().optional(),
    database_bytes: z.int().optional(),
    last_backup: z
      .object({ path: z.string(), at: z.int() })
      .optional()
      .describe('the last one that is still where it was put'),
    locations: z.int().optional(),
    entries: z.int().optional(),
    revision: z.int().optional(),
  }),
  errors: ['NOT_FOUND', 'LIBRARY_CLOSED', 'LIBRARY_LOCKED'],
  permissions: ['library.read'],
  run: ({ libraries }, { which }) => libraries.info(which ?? libraries.open().id),
});
