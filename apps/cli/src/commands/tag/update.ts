import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, each, text } from '../../declare/option.ts';
import { usage } from '../../errors.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagUpdate = command({
  name: 'tag update',
  summary: 'Change a tag’s color, aliases, kind, or what it is related to',
  details: ['An empty text takes a field away: --color "". Aliases are given all anew.'],
  arguments: { tag: required('the tag', 'tag') },
  options: {
    kind: choice(['standard', 'organizational', 'privacy'], 'privacy: its files are shown only when asked for'),
    color: text('#RRGGBB', 'its color'),
    icon: text('ICON', 'a word or a sign that stands for it'),
    alias: each('NAME', 'another name that leads to it; "" for none'),
    abbreviation: text('SHORT', 'a short one'),
    description: text('TEXT', 'what it means'),
    related: each('TAG', 'a tag that has to do with it', { complete: 'tag' }),
    unrelated: each('TAG', 'one that no longer has', { complete: 'tag' }),
    synonym: each('TAG', 'a tag that means the same', { complete: 'tag' }),
    noSynonym: each('TAG', 'one that no longer does', { complete: 'tag' }),
  },
  examples: [['sd tag update Holiday --color "#0088ff" --alias Vacation', 'another color, and another name']],
  calls: ['action:tags.update'],
  async run(
    sd,
    { tag },
    { kind, color, icon, alias, abbreviation, description, related, unrelated, synonym, noSynonym },
  ) {
    const filled = { color, icon, abbreviation, description };
    const fields = Object.fromEntries(
      Object.entries(filled).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value === '' ? null : value]],
      ),
    );
    const change = {
      ...fields,
      ...(kind === undefined ? {} : { kind }),
      ...(alias === undefined ? {} : { aliases: alias.filter((name) => name !== '') }),
      ...(related || unrelated ? { related: { add: related ?? [], remove: unrelated ?? [] } } : {}),
      ...(synonym || noSynonym ? { synonym: { add: synonym ?? [], remove: noSynonym ?? [] } } : {}),
    };
    if (Object.keys(change).length === 0) throw usage('what should change?', 'sd help tag update');
    const updated = await act<{ tag: TagDetails }>(sd, { action: 'tags.update', input: { tag, ...change } });
    if (updated) done(sd, `"${printable(tagLabel(updated.tag))}" is changed`);
  },
});
