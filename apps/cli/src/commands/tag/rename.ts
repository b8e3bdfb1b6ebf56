import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel, tagName } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagRename = command({
  name: 'tag rename',
  summary: 'Give a tag another name; what has it keeps it',
  arguments: { tag: required('the tag', 'tag'), name: required('its new name; namespace/name moves it there') },
  options: { keepAlias: flag('the old name still leads to it') },
  examples: [['sd tag rename Cat Cats --keep-alias', 'Cat still finds it']],
  calls: ['action:tags.rename'],
  async run(sd, { tag, name: typed }, { keepAlias }) {
    const { name, namespace } = tagName(typed);
    const renamed = await act<{ tag: TagDetails }>(sd, {
      action: 'tags.rename',
      input: { tag, name, ...(typed.includes('/') ? { namespace } : {}), keep_alias: keepAlias },
    });
    if (renamed) done(sd, `it is called "${printable(tagLabel(renamed.tag))}" now`);
  },
});
