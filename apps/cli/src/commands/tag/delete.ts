import { act } from '../../daemon/act.ts';
import { some } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { done } from '../../shared/library.ts';

export const tagDelete = command({
  name: 'tag delete',
  summary: 'Delete tags; the files that have them stay',
  arguments: { tags: some('the tags', 'tag') },
  options: {},
  examples: [['sd tag delete Draft', 'shows how many files have it, and asks']],
  calls: ['action:tags.delete'],
  async run(sd, { tags }) {
    const deleted = await act<{ tags: string[]; unapplied: number }>(sd, {
      action: 'tags.delete',
      input: { tags },
      asks: true,
    });
    if (deleted)
      done(
        sd,
        `${count(deleted.tags.length, 'tag')} deleted, taken from ${count(deleted.unapplied, 'file')}; sd undo brings it back`,
      );
  },
});
