import { z } from 'zod';
import { secretText } from '../../domain/secret-text.ts';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { action, observed } from '../../operation.ts';

export const unlockLibrary = action({
  summary: 'Opens a locked library with its passphrase.',
  name: 'libraries.unlock',
  scope: 'core',
  input: z.object({ which: librarySelector, passphrase: secretText() }),
  output: librarySummarySchema,
  errors: ['NOT_FOUND', 'LIBRARY_IN_USE', 'WRONG_KEY', 'NEWER_FORMAT', 'CORRUPT'],
  permissions: ['library.manage'],

  preview({ libraries }, { which }) {
    const { id, name, state, folder } = libraries.find(which);
    return {
      plan: {
        summary: `Unlock the library "${name}".`,
        steps: [{ what: 'open', target: folder }],
        conflicts: [],
        warnings: state === 'open' ? ['it is open already'] : [],
      },
      basis: { id, state },
    };
  },

  commit: ({ libraries }, { which, passphrase }) => libraries.openLibrary(libraries.find(which).id, passphrase),

  verify: ({ libraries }, _input, { id }) => observed(['library', 'open', libraries.find(id).state]),
});
