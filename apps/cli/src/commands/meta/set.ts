import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { each, flag, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { fieldsOf } from '../../parse/fields.ts';
import { sayOf } from '../../shared/say.ts';
import { TARGETS } from '../../shared/tags.ts';

export const metaSet = command({
  name: 'meta set',
  summary: 'Note something of files: a note, custom fields, or that they are hidden',
  details: [
    'It is said of what a file is, so that it holds for every copy; --entry says it of the file alone.',
    'A field is a text, a number (12), yes or no (true, false) or a date (2026-03-01); nothing behind the sign takes it away: --field Author=',
  ],
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    note: text('TEXT', 'the note; "" takes it away'),
    field: each('NAME=VALUE', 'a custom field'),
    hide: flag('leave them out of listings and searches that do not ask for them'),
    show: flag('show them again'),
    entry: flag('only of the file itself, not of its copies'),
  },
  examples: [
    ['sd meta set contract.pdf --note "signed in March" --field Partner=ACME', 'a note and a field'],
    ['sd meta set diary/ --hide', 'the folder and all below it; sd ls --private shows it'],
  ],
  calls: ['action:metadata.update'],
  async run(sd, { paths }, { find, note, field, hide, show, entry }) {
    if (hide && show) throw usage('either --hide or --show');
    const patch = {
      ...(note === undefined ? {} : { note: note === '' ? null : note }),
      ...(field === undefined ? {} : { fields: fieldsOf(field) }),
      ...(hide || show ? { hidden: hide } : {}),
    };
    if (Object.keys(patch).length === 0) throw usage('what should be noted?', 'sd help meta set');
    await sayOf(sd, { paths, find, entry }, patch);
  },
});
