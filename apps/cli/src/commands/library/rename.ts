import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import type { LibrarySummary } from '../../wire.ts';

export const libraryRename = command({
  name: 'library rename',
  summary: 'Give a library another name',
  arguments: { library: required('the library, by name or id', 'library'), name: required('its new name') },
  options: {},
  examples: [['sd library rename Photos Pictures', 'from Photos to Pictures']],
  calls: ['action:libraries.rename'],
  async run(sd, { library, name }) {
    const renamed = await act<LibrarySummary>(sd, { action: 'libraries.rename', input: { which: library, name } });
    if (renamed) done(sd, `it is called "${printable(renamed.name)}" now`);
  },
});
