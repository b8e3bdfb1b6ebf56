import { z } from 'zod';
import { libraryFacts } from '../../db/library/facts.ts';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { action, observed } from '../../operation.ts';

export const renameLibrary = action({
  summary: 'Gives an open library another name. Its folder keeps its own.',
  name: 'libraries.rename',
  scope: 'core',
  input: z.object({ which: librarySelector, name: z.string().min(1).max(200) }),
  output: librarySummarySchema,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'LIBRARY_CLOSED', 'LIBRARY_LOCKED'],
  permissions: ['library.manage'],

  preview({ libraries }, { which, name }) {
    const library = libraries.find(which);
    const wanted = libraries.freeName(name, library.id);
    return {
      plan: {
        summary: `Rename the library "${library.name}" to "${wanted}".`,
        steps: [{ what: 'rename', target: library.name, detail: wanted }],
        conflicts: [],
        warnings: [],
      },
      basis: { id: library.id, name: library.name, wanted },
    };
  },

  commit: ({ libraries }, { which, name }) => libraries.rename(which, name),

  verify: ({ libraries }, _input, { id, name }) =>
    observed(
      ['name', name, libraries.find(id).name],
      ['name in its database', name, libraryFacts(libraries.open(id).db).name],
    ),
});
