import { z } from 'zod';
import { LONGEST_QUERY } from '../../domain/search-input.ts';
import { query } from '../../operation.ts';
import { alsoPrivate } from '../private-input.ts';
import { worldOf } from '../searching.ts';
import { suggest } from '../../search/suggesting/suggest.ts';

export const suggestSearch = query({
  summary: 'How a search that is being typed could go on: keys, and values that the library knows.',
  name: 'search.suggest',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    query: z.string().max(LONGEST_QUERY),
    cursor: z
      .int()
      .min(0)
      .max(LONGEST_QUERY)
      .optional()
      .describe('where the cursor stands, in UTF-16 code units; at the end if left out'),
    private: alsoPrivate.describe('also names of folders that people said to hide or gave a privacy tag'),
    limit: z.int().min(1).max(100).default(12),
  }),
  output: z.object({
    from: z.int().describe('a suggestion takes the place of the text from here'),
    to: z.int(),
    suggestions: z.array(
      z.object({
        text: z.string(),
        kind: z.enum(['key', 'value']),
        about: z.string().optional().describe('for people'),
      }),
    ),
  }),
  errors: [],
  permissions: ['library.read'],

  run(context, { query: text, cursor = text.length, private: all, limit }) {
    const at = Math.min(cursor, text.length);
    const found = suggest(worldOf(context), { text, cursor: at, now: context.clock.now(), private: all, limit });
    return { ...found, suggestions: [...found.suggestions] };
  },
});
