import { act } from '../../daemon/act.ts';
import { required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { printable } from '../../format/text.ts';
import { done } from '../../shared/library.ts';
import { tagLabel } from '../../shared/tags.ts';
import type { TagDetails } from '../../wire.ts';

export const tagMerge = command({
  name: 'tag merge',
  summary: 'Make one tag of two: its files, names and links become the other’s',
  arguments: { tag: required('the tag that goes', 'tag'), into: required('the tag that stays', 'tag') },
  options: {},
  examples: [['sd tag merge Kitten Cats', 'what was Kitten is Cats; the name Kitten still leads there']],
  calls: ['action:tags.merge'],
  async run(sd, { tag, into }) {
    const merged = await act<{ tag: TagDetails; moved: number }>(sd, {
      action: 'tags.merge',
      input: { from: [tag], into },
      asks: true,
    });
    if (!merged) return;
    const more = merged.moved > 0 ? `, and is on ${count(merged.moved, 'more file')} now` : '';
    done(sd, `"${printable(tag)}" means "${printable(tagLabel(merged.tag))}" now${more}`);
  },
});
