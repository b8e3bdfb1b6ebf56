import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';

export const spaceDelete = command({
  name: 'space delete',
  summary: 'Delete a space; what it leads to stays',
  arguments: { space: required('the space, by name or id', 'space') },
  options: {},
  examples: [['sd space delete Work', 'asks first']],
  calls: ['action:spaces.delete'],
  async run(sd, { space }) {
    if (await act(sd, { action: 'spaces.delete', input: { space }, asks: true }))
      done(sd, `space "${printable(space)}" is deleted; sd undo brings it back`);
  },
});
