import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';

export const collectionDelete = command({
  name: 'collection delete',
  summary: 'Delete a collection; the files in it stay',
  arguments: { collection: required('the collection, by name or id', 'collection') },
  options: {},
  examples: [['sd collection delete "Best of 2026"', 'shows what is in it, and asks']],
  calls: ['action:collections.delete'],
  async run(sd, { collection }) {
    const deleted = await act<{ items: number }>(sd, {
      action: 'collections.delete',
      input: { collection },
      asks: true,
    });
    if (deleted)
      done(sd, `"${printable(collection)}" with ${count(deleted.items, 'item')} is deleted; sd undo brings it back`);
  },
});
