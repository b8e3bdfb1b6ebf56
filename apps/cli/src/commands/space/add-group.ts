import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { AMONG, IN_SPACE, amongOf, layoutOf } from '../../shared/spaces.ts';

export const spaceAddGroup = command({
  name: 'space add-group',
  summary: 'Add a group to a space',
  arguments: { name: required('what it is called') },
  options: {
    ...IN_SPACE,
    kind: choice(
      ['custom', 'quick_access', 'devices', 'locations', 'volumes', 'tags', 'collections'],
      'custom and quick_access hold what you pin there; the others show all there are',
    ),
    ...AMONG,
  },
  examples: [['sd space add-group Projects --start', 'one to pin things to']],
  calls: ['action:spaces.add_group', 'query:spaces.get'],
  async run(sd, { name }, { space, kind, ...among }) {
    const place = amongOf(among, (await layoutOf(sd, space)).groups);
    const input = {
      name,
      ...(space === undefined ? {} : { space }),
      ...(kind === undefined ? {} : { kind }),
      ...(place === undefined ? {} : { place }),
    };
    if (await act(sd, { action: 'spaces.add_group', input })) done(sd, `group "${printable(name)}" is added`);
  },
});
