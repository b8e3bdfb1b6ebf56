import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagLink = command({
  name: 'tag link',
  summary: 'Put a tag below another: searching that one finds its files too',
  arguments: { tag: required('the tag', 'tag'), parent: required('the one above it', 'tag') },
  options: {},
  examples: [['sd tag link Cats Animals', 'sd find tag:animals finds what is tagged Cats']],
  calls: ['action:tags.add_parent'],
  async run(sd, { tag, parent }) {
    const changed = await act<{ tag: TagDetails }>(sd, { action: 'tags.add_parent', input: { tag, parent } });
    if (changed) done(sd, `"${printable(tagLabel(changed.tag))}" lies below "${printable(parent)}" now`);
  },
});
