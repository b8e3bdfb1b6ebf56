import { act } from '../../daemon/act.ts';
import { any, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { done } from '../../shared/library.ts';
import { TARGETS, tagsOf, targetsOf } from '../../shared/tags.ts';

export const tagRemove = command({
  name: 'tag remove',
  summary: 'Take tags from files and folders',
  arguments: { tags: required('the tag; several with commas between', 'tag'), paths: any('files and folders', 'path') },
  options: { ...TARGETS, entry: flag('only from the file itself, not from its copies') },
  examples: [['sd tag remove Draft report.pdf', 'from the file and its copies']],
  calls: ['action:tags.unapply'],
  async run(sd, { tags, paths }, { find, entry }) {
    const removed = await act<{ changed: number }>(sd, {
      action: 'tags.unapply',
      input: { tags: tagsOf(tags), targets: targetsOf(paths, find), ...(entry ? { on: 'entry' } : {}) },
    });
    if (removed)
      done(sd, removed.changed === 0 ? 'none of them had it' : `taken from ${count(removed.changed, 'file')}`);
  },
});
