import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { LOOKS } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';

export const spaceCreate = command({
  name: 'space create',
  summary: 'Make a space, with the groups every space begins with',
  arguments: { name: required('what it is called') },
  options: LOOKS,
  examples: [['sd space create Work --icon 🛠', 'another sidebar']],
  calls: ['action:spaces.create'],
  async run(sd, { name }, { color, icon }) {
    const look = { ...(color === undefined ? {} : { color }), ...(icon === undefined ? {} : { icon }) };
    if (await act(sd, { action: 'spaces.create', input: { name, ...look } }))
      done(sd, `space "${printable(name)}" is made`);
  },
});
