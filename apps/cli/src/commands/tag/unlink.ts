import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagUnlink = command({
  name: 'tag unlink',
  summary: 'Take a tag out from below another',
  arguments: { tag: required('the tag', 'tag'), parent: required('the one above it', 'tag') },
  options: {},
  examples: [['sd tag unlink Cats Animals', 'Cats stands by itself again']],
  calls: ['action:tags.remove_parent'],
  async run(sd, { tag, parent }) {
    const changed = await act<{ tag: TagDetails }>(sd, { action: 'tags.remove_parent', input: { tag, parent } });
    if (changed)
      done(sd, `"${printable(tagLabel(changed.tag))}" no longer lies right below "${printable(parent)}" now`);
  },
});
