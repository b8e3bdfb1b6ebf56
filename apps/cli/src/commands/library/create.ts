import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag, text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { newPassphrase } from '../../prompt/passphrase.ts';
import { addressOf } from '../../shared/address.ts';
import { PROTECTIONS, done } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryCreate = command({
  name: 'library create',
  summary: 'Make a library',
  details: [
    'It is always encrypted. Without a passphrase its key lies in the system’s keychain, or in a file that only you can read.',
    'A passphrase is asked for, or read from SD_PASSPHRASE or a pipe; it cannot be recovered.',
  ],
  arguments: { name: required('what to call it') },
  options: {
    folder: text('FOLDER', 'the folder to put it in; the data folder if left out', { complete: 'folder' }),
    passphrase: flag('protect it with a passphrase'),
  },
  examples: [
    ['sd library create Photos', 'a library'],
    ['sd library create Private --passphrase', 'one that opens with a passphrase only'],
  ],
  calls: ['action:libraries.create'],
  async run(sd, { name }, { folder, passphrase }) {
    const secret =
      passphrase && !sd.globals.dryRun
        ? { passphrase: await newPassphrase(sd, `Passphrase for "${printable(name)}"`) }
        : {};
    const made = await act<LibrarySummary>(sd, {
      action: 'libraries.create',
      input: { name, ...(folder === undefined ? {} : { folder: addressOf(folder) }), ...secret },
    });
    if (made)
      done(sd, `"${printable(made.name)}" is made in ${printable(made.folder)}: ${PROTECTIONS[made.protection]}`);
  },
});
