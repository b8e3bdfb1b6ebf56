import { act } from '../../daemon/act.ts';
import { any, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { PLACE, placeOf } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';
import { pointing } from '../../shared/pointing.ts';
import { TARGETS, targetsOf } from '../../shared/tags.ts';

export const collectionAdd = command({
  name: 'collection add',
  summary: 'Put files and folders into a collection',
  details: ['They stay where they are. What is in it already keeps its place.'],
  arguments: {
    collection: required('the collection, by name or id', 'collection'),
    paths: any('files and folders; content://… for a file wherever it lies', 'path'),
  },
  options: { ...TARGETS, ...PLACE },
  examples: [
    ['sd collection add "Best of 2026" ~/Pictures/lisbon-*.jpg', 'to its end'],
    ['sd collection add "Best of 2026" --find "type:image rating:5" --start', 'all that a search finds'],
  ],
  calls: ['action:collections.add'],
  async run(sd, { collection, paths }, { find, ...place }) {
    const input = { collection, targets: targetsOf(paths, find), ...placeOf(place) };
    const added = await pointing(find, () =>
      act<{ added: number; already: number; count: number }>(sd, { action: 'collections.add', input }),
    );
    if (!added) return;
    const already = added.already > 0 ? `; ${count(added.already, 'item')} in it already` : '';
    done(sd, `${count(added.added, 'item')} added to "${printable(collection)}"${already}`);
  },
});
