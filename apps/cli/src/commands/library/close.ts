import { act } from '../../daemon/act.ts';
import { optional } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done, whichLibrary } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryClose = command({
  name: 'library close',
  summary: 'Close a library',
  arguments: { library: optional('the library, by name or id; may be left out where there is one', 'library') },
  options: {},
  examples: [],
  calls: ['action:libraries.close', 'query:libraries.list'],
  async run(sd, { library }) {
    const changed = await act<LibrarySummary>(sd, {
      action: 'libraries.close',
      input: { which: await whichLibrary(sd, library) },
    });
    if (changed) done(sd, `"${printable(changed.name)}" is ${changed.state}`);
  },
});
