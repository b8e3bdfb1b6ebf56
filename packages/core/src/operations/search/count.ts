import { z } from 'zod';
import { searchFilters } from '../../domain/search-input.ts';
import { query } from '../../operation.ts';
import { countFoundEntries } from '../searching.ts';

export const countFound = query({
  summary: 'How many entries a search finds, exactly.',
  name: 'search.count',
  scope: 'library',
  thread: 'reader',
  input: z.object(searchFilters),
  output: z.object({ count: z.int(), bytes: z.int().describe('of the files among them') }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.read'],

  run: (context, input) => countFoundEntries(context, input),
});
