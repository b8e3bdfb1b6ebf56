import { observed } from '../../operation.ts';
import { removeParent as eraseParent } from '../../tagging/links.ts';
import { isRightBelow, tagParentAction } from '../tag-parent-action.ts';

export const removeParent = tagParentAction({
  summary: 'Takes a tag out from below another.',
  name: 'tags.remove_parent',
  words: {
    step: 'take out',
    plan: (tag, parent) => `Take the tag "${tag}" out from below "${parent}".`,
    done: (tag, parent) => `Took the tag "${tag}" out from below "${parent}"`,
    privacy: 'files with it may be shown without being asked for',
  },
  below: false,
  change: eraseParent,
  look: (db, tag, parent) => observed(['right below it', false, tag !== undefined && isRightBelow(db, tag, parent)]),
});
