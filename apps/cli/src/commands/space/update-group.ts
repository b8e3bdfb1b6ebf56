import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { AMONG, IN_SPACE, amongOf, idOf, layoutOf } from '../../shared/spaces.ts';

export const spaceUpdateGroup = command({
  name: 'space update-group',
  summary: 'Rename a group, fold it up or down, or bring it to another place',
  arguments: { group: required('the group, by name or id') },
  options: {
    ...IN_SPACE,
    name: text('NAME', 'another name'),
    fold: choice(['up', 'down'], 'whether its items are hidden or shown'),
    ...AMONG,
  },
  examples: [['sd space update-group Tags --name Labels --fold up', 'another name, folded up']],
  calls: ['action:spaces.update_group', 'query:spaces.get'],
  async run(sd, { group }, { space, name, fold, ...among }) {
    const { groups } = await layoutOf(sd, space);
    const place = amongOf(among, groups);
    if (name === undefined && fold === undefined && place === undefined)
      throw usage('what should change?', 'sd help space update-group');
    const input = {
      group: idOf(groups, group),
      ...(name === undefined ? {} : { name }),
      ...(fold === undefined ? {} : { collapsed: fold === 'up' }),
      ...(place === undefined ? {} : { place }),
    };
    if (await act(sd, { action: 'spaces.update_group', input }))
      done(sd, `group "${printable(name ?? group)}" is changed`);
  },
});
