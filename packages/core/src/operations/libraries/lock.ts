import { z } from 'zod';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { action, observed } from '../../operation.ts';
import { closing } from './close.ts';

export const lockLibrary = action({
  summary: 'Closes a library that has a passphrase and forgets its key until the passphrase is given again.',
  name: 'libraries.lock',
  scope: 'core',
  input: z.object({ which: librarySelector }),
  output: librarySummarySchema,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.manage'],

  preview: ({ libraries, jobs }, { which }) => closing(libraries.find(which), jobs, 'Lock'),

  commit: ({ libraries }, { which }) => libraries.closeLibrary(which, { forgetKey: true }),

  verify: ({ libraries }, _input, { id }) => observed(['library', 'locked', libraries.find(id).state]),
});
