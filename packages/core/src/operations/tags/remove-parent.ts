import { z } from 'zod';
import { parentLink, TAG_LINKS } from '../../db/library/tag-links.ts';
import { resolveTag } from '../../db/library/tag-names.ts';
import { labelOf, tagByUuid } from '../../db/library/tags.ts';
import { findUserRow } from '../../db/library/user-rows.ts';
import { tagDetailsSchema, tagSelector } from '../../domain/tag.ts';
import { action, observed } from '../../operation.ts';
import { removeParent as eraseParent } from '../../tagging/links.ts';
import { refuseSystem } from '../../tagging/tag-rows.ts';
import { tagDetails } from '../../tagging/tag-view.ts';

export const removeParent = action({
  summary: 'Takes a tag out from below another.',
  name: 'tags.remove_parent',
  scope: 'library',
  input: z.object({ tag: tagSelector, parent: tagSelector }),
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library: { db } }, given) {
    const [tag, parent] = [resolveTag(db, given.tag), resolveTag(db, given.parent)];
    refuseSystem(tag);
    const there = findUserRow(db, TAG_LINKS, parentLink(tag.id, parent.id)) !== undefined;
    return {
      plan: {
        summary: `Take the tag "${labelOf(tag)}" out from below "${labelOf(parent)}".`,
        steps: there ? [{ what: 'take out', target: labelOf(tag), detail: labelOf(parent) }] : [],
        conflicts: [],
        warnings: parent.kind === 'privacy' ? ['files with it may be shown without being asked for'] : [],
      },
      basis: { tag: tag.id, parent: parent.id, there },
    };
  },

  commit({ library }, given) {
    return library.write((tx) => {
      const [tag, parent] = [resolveTag(tx, given.tag), resolveTag(tx, given.parent)];
      refuseSystem(tag);
      eraseParent(tx, tag.id, parent.id);
      const details = tagDetails(tx, tag);
      tx.summary(`Took the tag "${labelOf(tag)}" out from below "${labelOf(parent)}"`);
      tx.target(labelOf(tag));
      tx.emit({ resource: 'tag', change: 'updated', ids: [details.id] });
      return { tag: details };
    });
  },

  verify({ library: { db } }, given, { tag }) {
    const row = tagByUuid(db, tag.id);
    const link = row && findUserRow(db, TAG_LINKS, parentLink(row.id, resolveTag(db, given.parent).id));
    return observed(['right below it', false, link !== undefined]);
  },
});
