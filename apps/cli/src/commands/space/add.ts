import { act } from '../../daemon/act.ts';
import { optional, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { addressOf, locationOf } from '../../shared/address.ts';
import { done } from '../../shared/library.ts';
import { pointing } from '../../shared/pointing.ts';
import { AMONG, IN_SPACE, amongOf, idOf, layoutOf } from '../../shared/spaces.ts';

export const spaceAdd = command({
  name: 'space add',
  summary: 'Pin something to a space',
  details: [
    'KIND is overview, recents, favorites, location, volume, device, tag, collection, path or query; TARGET is what it needs: a name, a path, a search.',
  ],
  arguments: { kind: required('what it is'), target: optional('a name, a path or a search', 'path') },
  options: { ...IN_SPACE, group: text('GROUP', 'to this group, by name or id; else above all groups'), ...AMONG },
  examples: [
    ['sd space add path ~/Projects', 'a folder'],
    ['sd space add query "type:image rating:5" --group "Quick access"', 'a search'],
  ],
  calls: ['action:spaces.add_item', 'query:spaces.get'],
  async run(sd, { kind, target }, { space, group, ...among }) {
    const layout = await layoutOf(sd, space);
    const into = group === undefined ? undefined : layout.groups.find(({ id }) => id === idOf(layout.groups, group));
    const place = amongOf(among, into?.items ?? layout.items);
    const input = {
      kind,
      ...(target === undefined ? {} : { target: targetOf(kind, target) }),
      ...(into?.id === undefined ? {} : { group: into.id }),
      ...(into || space === undefined ? {} : { space }),
      ...(place === undefined ? {} : { place }),
    };
    const added = await pointing(kind === 'query' ? target : undefined, () =>
      act(sd, { action: 'spaces.add_item', input }),
    );
    if (added) done(sd, `"${printable(target ?? kind)}" is pinned`);
  },
});

function targetOf(kind: string, target: string): string {
  if (kind === 'path') return addressOf(target);
  return kind === 'location' || kind === 'volume' ? locationOf(target) : target;
}
