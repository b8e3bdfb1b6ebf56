import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { LOOKS } from '../../shared/collections.ts';
import { done } from '../../shared/library.ts';
import { pointing } from '../../shared/pointing.ts';
import type { Collection } from '../../wire.ts';

export const collectionUpdate = command({
  name: 'collection update',
  summary: 'Change the name, the look or the query of a collection',
  details: ['An empty text takes a field away: --description "".'],
  arguments: { collection: required('the collection, by name or id', 'collection') },
  options: {
    name: text('NAME', 'another name'),
    query: text('QUERY', 'another search; makes an empty collection one that fills itself', { complete: 'query' }),
    description: text('TEXT', 'what it is about'),
    ...LOOKS,
  },
  examples: [['sd collection update Large --query "size:>2gb"', 'another search']],
  calls: ['action:collections.update'],
  async run(sd, { collection }, { name, query, description, color, icon }) {
    const given = Object.entries({ name, query, description, color, icon }).filter(([, value]) => value !== undefined);
    if (given.length === 0) throw usage('what should change?', 'sd help collection update');
    const change = Object.fromEntries(given.map(([key, value]) => [key, value === '' ? null : value]));
    const updated = await pointing(query, () =>
      act<{ collection: Collection }>(sd, { action: 'collections.update', input: { collection, ...change } }),
    );
    if (updated) done(sd, `collection "${printable(updated.collection.name)}" is changed`);
  },
});
