import { act } from '../../daemon/act.ts';
import { any, required } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { printable } from '../../format/text.ts';
import { type Applied, tagged } from '../../output/tagged.ts';
import { done } from '../../shared/library.ts';
import { TARGETS, mayCreate, tagsOf, targetsOf } from '../../shared/tags.ts';

export const tagAdd = command({
  name: 'tag add',
  summary: 'Give files and folders tags',
  details: [
    'A tag is given to what a file is, so that every copy has it and it stays wherever the file goes. Folders, and files whose content is not known, get it themselves; --entry gives it to the file alone.',
  ],
  arguments: { tags: required('the tag; several with commas between', 'tag'), paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    create: flag('make tags that do not exist'),
    entry: flag('only of the file itself, not of its copies'),
  },
  examples: [
    ['sd tag add Holiday,Beach ~/Pictures/Lisbon/*.jpg', 'two tags, many files'],
    ['sd tag add Work/2026 --find "type:document tax" --create', 'all that a search finds; one undo takes it back'],
  ],
  calls: ['action:tags.apply', 'query:tags.get'],
  async run(sd, { tags: typed, paths }, { find, create, entry }) {
    const tags = tagsOf(typed);
    const targets = targetsOf(paths, find);
    const applied = await act<Applied>(sd, {
      action: 'tags.apply',
      input: { tags, targets, create: await mayCreate(sd, tags, create), ...(entry ? { on: 'entry' } : {}) },
    });
    if (!applied) return;
    done(sd, printable(tagged(tags, applied)));
  },
});
