import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choice, each, text } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel, tagName } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagCreate = command({
  name: 'tag create',
  summary: 'Make a tag',
  details: ['The same name may be in several namespaces: work/project and home/project are two tags.'],
  arguments: { tag: required('its name, or namespace/name') },
  options: {
    kind: choice(['standard', 'organizational', 'privacy'], 'privacy: its files are shown only when asked for'),
    color: text('#RRGGBB', 'its color'),
    icon: text('ICON', 'a word or a sign that stands for it'),
    alias: each('NAME', 'another name that leads to it'),
    abbreviation: text('SHORT', 'a short one'),
    description: text('TEXT', 'what it means'),
    parent: each('TAG', 'a tag to put it below', { complete: 'tag' }),
  },
  examples: [
    ['sd tag create Holiday --color "#ffaa00"', 'a tag'],
    ['sd tag create work/project --alias Vorhaben --parent Work', 'with a namespace, another name and a parent'],
  ],
  calls: ['action:tags.create'],
  async run(sd, { tag }, { kind, color, icon, alias, abbreviation, description, parent }) {
    const created = await act<{ tag: TagDetails }>(sd, {
      action: 'tags.create',
      input: {
        ...tagName(tag),
        ...(kind === undefined ? {} : { kind }),
        ...(color === undefined ? {} : { color }),
        ...(icon === undefined ? {} : { icon }),
        ...(alias === undefined ? {} : { aliases: alias }),
        ...(abbreviation === undefined ? {} : { abbreviation }),
        ...(description === undefined ? {} : { description }),
        ...(parent === undefined ? {} : { parents: parent }),
      },
    });
    if (created) done(sd, `there is a tag "${printable(tagLabel(created.tag))}" now`);
  },
});
