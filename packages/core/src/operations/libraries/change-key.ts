import { z } from 'zod';
import { secretText } from '../../domain/secret-text.ts';
import { librarySelector, librarySummarySchema } from '../../domain/library.ts';
import { action, observed } from '../../operation.ts';

export const changeLibraryKey = action({
  summary: 'Encrypts a library anew under a new random key; sets, changes or removes its passphrase on the way.',
  name: 'libraries.change_key',
  scope: 'core',
  input: z.object({
    which: librarySelector,
    passphrase: secretText().optional().describe('the new one'),
    current_passphrase: secretText().optional().describe('the one it has now'),
    remove_passphrase: z.boolean().optional(),
  }),
  output: librarySummarySchema,
  errors: [
    'NOT_FOUND',
    'INVALID_INPUT',
    'CONFLICT',
    'LIBRARY_LOCKED',
    'WRONG_KEY',
    'LIBRARY_IN_USE',
    'DISK_FULL',
    'CORRUPT',
  ],
  permissions: ['library.manage'],

  async preview({ libraries }, { which, passphrase, remove_passphrase }) {
    const { id, name, state, protection, database_bytes: bytes = 0 } = await libraries.info(which);
    const after = passphrase === undefined ? 'a key this device keeps' : 'a passphrase';
    return {
      plan: {
        summary: `Encrypt the library "${name}" anew, opened by ${after}.`,
        steps: [
          ...(state === 'open' ? [{ what: 'close', target: name }] : []),
          { what: 'encrypt', target: name, detail: `${bytes} bytes` },
          ...(state === 'open' ? [{ what: 'open', target: name }] : []),
        ],
        bytes,
        conflicts: [],
        warnings: [
          'backups made until now keep the key, and the passphrase, they were made with',
          ...(passphrase === undefined ? [] : ['without the passphrase nobody can open it again, we neither']),
          ...(protection === 'passphrase' && passphrase === undefined && !remove_passphrase
            ? ['it has a passphrase: this will be refused without a new one or its removal']
            : []),
        ],
      },
      basis: { id, state, protection },
    };
  },

  commit({ libraries }, { which, passphrase, current_passphrase: current, remove_passphrase: removePassphrase }) {
    return libraries.changeKey(which, { passphrase, current, removePassphrase });
  },

  async verify({ libraries }, _input, { id, protection }) {
    const { problems } = await libraries.check(id);
    return observed(
      ['where the key is', protection, libraries.find(id).protection],
      ['problems found in it', 0, problems.length],
    );
  },
});
