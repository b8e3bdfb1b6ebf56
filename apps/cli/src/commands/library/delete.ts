import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { done, findLibrary } from '../../shared/library.ts';

export const libraryDelete = command({
  name: 'library delete',
  summary: 'Move a library to the trash; your files stay where they are',
  details: [
    'What goes is the index and what you noted in it. Asks for the name; without a terminal, --confirm NAME gives it.',
  ],
  arguments: { library: required('the library, by name or id', 'library') },
  options: { confirm: text('NAME', 'the name of the library, instead of typing it') },
  examples: [
    ['sd library delete Photos', 'shows the plan and asks for the name'],
    ['sd library delete Photos --confirm Photos', 'in a script'],
  ],
  calls: ['action:libraries.delete', 'query:libraries.list'],
  async run(sd, { library }, { confirm }) {
    const name = (await findLibrary(sd, library))?.name ?? library;
    const deleted = await act<{ trashed: string }>(sd, {
      action: 'libraries.delete',
      input: { which: library, confirm_name: name },
      asks: true,
      typed: name,
      given: confirm,
      decisions: { confirm_name: name },
    });
    if (deleted) done(sd, `"${printable(name)}" is in the trash: ${printable(deleted.trashed)}`);
  },
});
