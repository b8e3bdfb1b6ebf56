import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { passphrase } from '../../prompt/passphrase.ts';
import { done, findLibrary, whichLibrary } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryOpen = command({
  name: 'library open',
  summary: 'Open a library',
  details: ['A passphrase is asked for if it needs one, or read from SD_PASSPHRASE or a pipe.'],
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {},
  examples: [['sd library open Photos', 'by its name']],
  calls: ['action:libraries.open', 'query:libraries.list'],
  async run(sd, { library }) {
    const which = await whichLibrary(sd, library);
    const known = await findLibrary(sd, which);
    const needed = known?.protection === 'passphrase' && known.state !== 'open' && !sd.globals.dryRun;
    const secret = needed ? { passphrase: await passphrase(sd, `Passphrase of "${printable(known.name)}"`) } : {};
    const opened = await act<LibrarySummary>(sd, { action: 'libraries.open', input: { which, ...secret } });
    if (opened) done(sd, `"${printable(opened.name)}" is ${opened.state}`);
  },
});
