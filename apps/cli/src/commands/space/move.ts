import { act } from '../../daemon/act.ts';
import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { done } from '../../shared/library.ts';
import { AMONG, IN_SPACE, amongOf, idOf, itemsOf, layoutOf } from '../../shared/spaces.ts';

export const spaceMove = command({
  name: 'space move',
  summary: 'Bring what is pinned to another place, or to another group',
  arguments: { items: some('the items, by name or id; they come there in this order') },
  options: { ...IN_SPACE, group: text('GROUP', 'to this group, by name or id'), ...AMONG },
  examples: [['sd space move Projects --group "Quick access" --start', 'to the start of a group']],
  calls: ['action:spaces.reorder_items', 'query:spaces.get'],
  async run(sd, { items }, { space, group, ...among }) {
    const layout = await layoutOf(sd, space);
    const all = itemsOf(layout);
    const input = {
      items: items.map((item) => idOf(all, item)),
      ...(group === undefined ? {} : { group: idOf(layout.groups, group) }),
      place: amongOf(among, all) ?? 'end',
    };
    if (await act(sd, { action: 'spaces.reorder_items', input })) done(sd, `${count(items.length, 'item')} moved`);
  },
});
