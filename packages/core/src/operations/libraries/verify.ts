import { z } from 'zod';
import { librarySelector } from '../../domain/library.ts';
import { query } from '../../operation.ts';

export const verifyLibrary = query({
  summary: 'Looks at every page of a library and at what must agree in it.',
  name: 'libraries.verify',
  scope: 'core',
  input: z.object({ which: librarySelector.optional().describe('the only open one if left out') }),
  output: z.object({ ok: z.boolean(), checked: z.array(z.string()), problems: z.array(z.string()) }),
  errors: ['NOT_FOUND', 'LIBRARY_CLOSED', 'LIBRARY_LOCKED', 'CORRUPT'],
  permissions: ['library.read'],
  async run({ libraries }, { which }) {
    const { checked, problems } = await libraries.check(which ?? libraries.open().id);
    return { ok: problems.length === 0, checked, problems };
  },
});
