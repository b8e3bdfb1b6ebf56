import { isAbove, refuseCycle } from '../../db/library/tag-links.ts';
import { observed } from '../../operation.ts';
import { addParent as writeParent } from '../../tagging/links.ts';
import { tagParentAction } from '../tag-parent-action.ts';

export const addParent = tagParentAction({
  summary: 'Puts a tag below another: who searches that one finds what has this one.',
  name: 'tags.add_parent',
  words: {
    step: 'put below',
    plan: (tag, parent) => `Put the tag "${tag}" below "${parent}".`,
    done: (tag, parent) => `Put the tag "${tag}" below "${parent}"`,
    privacy: 'files with it will be shown only when asked for',
  },
  below: true,
  refuse: refuseCycle,
  change: writeParent,
  look: (db, tag, parent) => observed(['below it', true, tag !== undefined && isAbove(db, parent.id, tag.id)]),
});
