import { z } from 'zod';
import { secretText } from '../../domain/secret-text.ts';
import { librarySummarySchema } from '../../domain/library.ts';
import { isAbsolute } from '../../domain/native-path.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { action, observed } from '../../operation.ts';

export const openLibrary = action({
  summary: 'Opens a library: one that was closed, or one this device does not know yet, by the path of its folder.',
  name: 'libraries.open',
  scope: 'core',
  input: z.object({
    which: z.string().min(1).max(32_768).describe('id, name, or path of a .sdlibrary folder'),
    passphrase: secretText().optional(),
  }),
  output: librarySummarySchema,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'LIBRARY_IN_USE', 'LIBRARY_LOCKED', 'WRONG_KEY', 'NEWER_FORMAT', 'CORRUPT'],
  permissions: ['library.manage'],

  preview({ libraries, device }, { which: given }) {
    const which = named(given, device.slug);
    const known = libraries.known(which);
    return {
      plan: {
        summary: `Open the library ${JSON.stringify(known?.name ?? which)}.`,
        steps: [{ what: 'open', target: known?.folder ?? which }],
        conflicts: [],
        warnings: [],
      },
      basis: { id: known?.id ?? null, folder: known?.folder ?? which, state: known?.state ?? null },
    };
  },

  commit: ({ libraries, device }, { which, passphrase }) =>
    libraries.openLibrary(named(which, device.slug), passphrase),

  verify: ({ libraries }, _input, { id }) => observed(['library', 'open', libraries.find(id).state]),
});

/** A path or an address as a native path; an id or a name as it is. */
function named(which: string, slug: string): string {
  return isAbsolute(which) || which.includes('://') ? nativePathOf(which, slug) : which;
}
