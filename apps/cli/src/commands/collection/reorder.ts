import { act } from '../../daemon/act.ts';
import { required, some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { usage } from '../../errors.ts';
import { count } from '../../format/number.ts';
import { PLACE, itemOf, placeOf } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';

export const collectionReorder = command({
  name: 'collection reorder',
  summary: 'Bring items of a collection to another place in it',
  details: ['They come there in the order in which they are named.'],
  arguments: {
    collection: required('the collection, by name or id', 'collection'),
    items: some('paths, or ids of sd collection info --ids', 'path'),
  },
  options: PLACE,
  examples: [['sd collection reorder "Best of 2026" beach.jpg --start', 'beach.jpg comes first']],
  calls: ['action:collections.reorder'],
  async run(sd, { collection, items }, options) {
    const place = placeOf(options);
    if (!('place' in place)) throw usage('to which place?', 'add --start, --end, --before ITEM or --after ITEM');
    const moved = await act<{ moved: number }>(sd, {
      action: 'collections.reorder',
      input: { collection, items: items.map(itemOf), ...place },
    });
    if (moved) done(sd, `${count(moved.moved, 'item')} moved`);
  },
});
