import { act } from '../../daemon/act.ts';
import { any, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { usage } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { itemOf } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';
import { pointing } from '../../shared/pointing.ts';
import { TARGETS } from '../../shared/tags.ts';

export const collectionRemove = command({
  name: 'collection remove',
  summary: 'Take files and folders out of a collection; they stay where they are',
  arguments: {
    collection: required('the collection, by name or id', 'collection'),
    items: any('paths, or ids of sd collection info --ids', 'path'),
  },
  options: { ...TARGETS },
  examples: [['sd collection remove "Best of 2026" ~/Pictures/blurred.jpg', 'the file stays']],
  calls: ['action:collections.remove'],
  async run(sd, { collection, items }, { find }) {
    if (items.length === 0 && find === undefined)
      throw usage('which of them?', 'name files, or ids of sd collection info --ids, or add --find QUERY');
    const input = {
      collection,
      ...(items.length > 0 ? { items: items.map(itemOf) } : {}),
      ...(find === undefined ? {} : { targets: { search: { query: find } } }),
    };
    const gone = await pointing(find, () => act<{ removed: number }>(sd, { action: 'collections.remove', input }));
    if (gone) done(sd, `${count(gone.removed, 'item')} taken out of "${printable(collection)}"`);
  },
});
