import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { passphrase } from '../../prompt/passphrase.ts';
import { done, whichLibrary } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryUnlock = command({
  name: 'library unlock',
  summary: 'Open a locked library with its passphrase',
  details: ['The passphrase is asked for, or read from SD_PASSPHRASE or a pipe.'],
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {},
  examples: [],
  calls: ['action:libraries.unlock', 'query:libraries.list'],
  async run(sd, { library }) {
    const which = await whichLibrary(sd, library);
    const opened = await act<LibrarySummary>(sd, {
      action: 'libraries.unlock',
      input: { which, passphrase: await passphrase(sd, 'Passphrase') },
    });
    if (opened) done(sd, `"${printable(opened.name)}" is ${opened.state}`);
  },
});
