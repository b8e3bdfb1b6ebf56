import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { IN_SPACE, idOf, layoutOf } from '../../shared/spaces.ts';

export const spaceDeleteGroup = command({
  name: 'space delete-group',
  summary: 'Delete a group of a space; what is pinned to it stays where it is',
  arguments: { group: required('the group, by name or id') },
  options: IN_SPACE,
  examples: [['sd space delete-group Volumes', 'asks first']],
  calls: ['action:spaces.delete_group', 'query:spaces.get'],
  async run(sd, { group }, { space }) {
    const input = { group: idOf((await layoutOf(sd, space)).groups, group) };
    if (await act(sd, { action: 'spaces.delete_group', input, asks: true }))
      done(sd, `group "${printable(group)}" is deleted; sd undo brings it back`);
  },
});
