import { z } from 'zod';
import { secretText } from '../../domain/secret-text.ts';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { nativePathOf } from '../../locations/check-path.ts';
import { action, observed } from '../../operation.ts';

export const restoreLibrary = action({
  summary: 'Makes a library what a backup holds. The backup is checked first; what it replaces is kept.',
  name: 'libraries.restore',
  scope: 'core',
  input: z.object({
    from: z.string().min(1).max(32_768).describe('path of a backup'),
    replace: librarySelector.optional().describe('the library it is of, where that is here'),
    passphrase: secretText().optional(),
  }),
  output: librarySummarySchema,
  errors: [
    'NOT_FOUND',
    'CONFLICT',
    'ALREADY_EXISTS',
    'LIBRARY_LOCKED',
    'WRONG_KEY',
    'NEWER_FORMAT',
    'CORRUPT',
    'DISK_FULL',
    'LIBRARY_IN_USE',
  ],
  permissions: ['library.manage'],

  async preview({ libraries, device }, { from, replace }) {
    const backup = await libraries.inspectBackup(nativePathOf(from, device.slug));
    const replaced = replace === undefined ? undefined : libraries.find(replace);
    const here = libraries.known(backup.library);
    return {
      plan: {
        summary: replaced
          ? `Make the library "${replaced.name}" what ${backup.path} holds.`
          : `Bring back the library "${backup.name}" from ${backup.path}.`,
        steps: [
          { what: 'check', target: backup.path },
          ...(replaced
            ? [
                { what: 'close', target: replaced.name },
                { what: 'keep', target: `${replaced.folder}/backups`, detail: 'what is replaced' },
              ]
            : []),
          { what: 'copy', target: replaced?.folder ?? backup.name, detail: `${backup.bytes} bytes` },
          { what: 'open', target: replaced?.name ?? backup.name },
        ],
        bytes: backup.bytes,
        conflicts: [],
        warnings: [
          ...(replaced ? ['what the library learned since the backup goes aside with what is replaced'] : []),
          ...(here && !replaced ? [`the library "${here.name}" is here: this will be refused without replace`] : []),
          ...(replaced && replaced.id !== backup.library
            ? ['the backup is of another library: this will be refused']
            : []),
          ...(backup.needs_passphrase ? ['it takes the passphrase of the time of the backup'] : []),
        ],
      },
      basis: { ...backup, replaced: replaced?.id ?? null, state: replaced?.state ?? null },
    };
  },

  commit({ libraries, device }, { from, replace, passphrase }) {
    return libraries.restore(nativePathOf(from, device.slug), {
      ...(replace === undefined ? {} : { replace }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  },

  async verify({ libraries }, _input, { id }) {
    const { problems } = await libraries.check(id);
    return observed(['library', 'open', libraries.find(id).state], ['problems found in it', 0, problems.length]);
  },
});
