import { z } from 'zod';
import { secretText } from '../../domain/secret-text.ts';
import { librarySummarySchema } from '../../domain/library.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { action, observed } from '../../operation.ts';

export const createLibrary = action({
  summary: 'Makes a library: an encrypted index of its own, open at once.',
  name: 'libraries.create',
  scope: 'core',
  input: z.object({
    name: z.string().min(1).max(200),
    folder: z
      .string()
      .min(1)
      .max(32_768)
      .optional()
      .describe('an existing folder to put it in; the data folder if left out'),
    passphrase: secretText().optional().describe('what opens it; without one the key is kept by this device alone'),
  }),
  output: librarySummarySchema,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'NOT_A_FOLDER', 'NOT_WRITABLE', 'DISK_FULL'],
  permissions: ['library.manage'],

  preview({ libraries, device }, { name, folder, passphrase }) {
    const place = libraries.place(name, folder && nativePathOf(folder, device.slug));
    return {
      plan: {
        summary: `Make the library "${place.name}"${passphrase === undefined ? '' : ', opened by a passphrase'}.`,
        steps: [{ what: 'create', target: place.folder }],
        conflicts: [],
        warnings: passphrase === undefined ? [] : ['without the passphrase nobody can open it again, we neither'],
      },
      basis: { ...place },
    };
  },

  commit({ libraries, device }, { name, folder, passphrase }) {
    return libraries.create({
      name,
      ...(folder === undefined ? {} : { folder: nativePathOf(folder, device.slug) }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  },

  verify({ libraries, files }, _input, { id, folder }) {
    return observed(
      ['library', 'open', libraries.find(id).state],
      ['its folder', 'there', files.facts(folder) ? 'there' : 'absent'],
    );
  },
});
