import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { newPassphrase, passphrase } from '../../prompt/passphrase.ts';
import { PROTECTIONS, done, findLibrary, whichLibrary } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryChangeKey = command({
  name: 'library change-key',
  summary: 'Encrypt a library with a new key; set or drop its passphrase',
  details: [
    'Passphrases are asked for, or read from SD_PASSPHRASE (the one it has) and SD_NEW_PASSPHRASE, or as lines from a pipe in that order.',
  ],
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {
    passphrase: flag('set a passphrase, or another one'),
    removePassphrase: flag('from now on without a passphrase'),
  },
  examples: [['sd library change-key Photos --passphrase', 'set a passphrase']],
  calls: ['action:libraries.change_key', 'query:libraries.list'],
  async run(sd, { library }, { passphrase: set, removePassphrase: remove }) {
    if (set && remove) throw usage('--passphrase and --remove-passphrase exclude each other');
    const which = await whichLibrary(sd, library);
    const known = await findLibrary(sd, which);
    const dry = sd.globals.dryRun;
    const current =
      known?.protection === 'passphrase' && !dry
        ? { current_passphrase: await passphrase(sd, `Passphrase of "${printable(known.name)}"`) }
        : {};
    const next = set && !dry ? { passphrase: await newPassphrase(sd, 'New passphrase', 'SD_NEW_PASSPHRASE') } : {};
    const changed = await act<LibrarySummary>(sd, {
      action: 'libraries.change_key',
      input: { which, ...current, ...next, ...(remove ? { remove_passphrase: true } : {}) },
    });
    if (changed) done(sd, `"${printable(changed.name)}" has a new key: ${PROTECTIONS[changed.protection]}`);
  },
});
