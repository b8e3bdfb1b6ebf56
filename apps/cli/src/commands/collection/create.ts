import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { LOOKS } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';
import { pointing } from '../../shared/pointing.ts';
import type { Collection } from '../../wire.ts';

export const collectionCreate = command({
  name: 'collection create',
  summary: 'Make a collection, or with a query one that fills itself',
  arguments: { name: required('what it is called') },
  options: {
    query: text('QUERY', 'a search as in sd find: the collection holds what it finds at each moment', {
      complete: 'query',
    }),
    description: text('TEXT', 'what it is about'),
    ...LOOKS,
  },
  examples: [
    ['sd collection create "Best of 2026"', 'an empty one'],
    ['sd collection create Large --query "size:>1gb -type:archive"', 'one that fills itself'],
  ],
  calls: ['action:collections.create'],
  async run(sd, { name }, { query, description, color, icon }) {
    const made = await pointing(query, () =>
      act<{ collection: Collection }>(sd, {
        action: 'collections.create',
        input: {
          name,
          ...(query === undefined ? {} : { query }),
          ...(description === undefined ? {} : { description }),
          ...(color === undefined ? {} : { color }),
          ...(icon === undefined ? {} : { icon }),
        },
      }),
    );
    if (made) done(sd, `collection "${printable(made.collection.name)}" is made`);
  },
});
