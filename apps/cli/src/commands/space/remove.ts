import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { IN_SPACE, idOf, itemsOf, layoutOf } from '../../shared/spaces.ts';

export const spaceRemove = command({
  name: 'space remove',
  summary: 'Take something that was pinned out of a space',
  arguments: { item: required('the item, by name or id') },
  options: IN_SPACE,
  examples: [['sd space remove Projects', 'the folder stays']],
  calls: ['action:spaces.delete_item', 'query:spaces.get'],
  async run(sd, { item }, { space }) {
    const input = { item: idOf(itemsOf(await layoutOf(sd, space)), item) };
    if (await act(sd, { action: 'spaces.delete_item', input })) done(sd, `"${printable(item)}" is taken out`);
  },
});
