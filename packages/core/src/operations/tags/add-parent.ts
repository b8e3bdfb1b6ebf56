import { z } from 'zod';
import { isAbove, parentLink, refuseCycle, TAG_LINKS } from '../../db/library/tag-links.ts';
import { resolveTag } from '../../db/library/tag-names.ts';
import { labelOf, tagByUuid } from '../../db/library/tags.ts';
import { findUserRow } from '../../db/library/user-rows.ts';
import { tagDetailsSchema, tagSelector } from '../../domain/tag.ts';
import { action, observed } from '../../operation.ts';
import { addParent as writeParent } from '../../tagging/links.ts';
import { refuseSystem } from '../../tagging/tag-rows.ts';
import { tagDetails } from '../../tagging/tag-view.ts';

export const addParent = action({
  summary: 'Puts a tag below another: who searches that one finds what has this one.',
  name: 'tags.add_parent',
  scope: 'library',
  input: z.object({ tag: tagSelector, parent: tagSelector }),
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library: { db } }, given) {
    const [tag, parent] = [resolveTag(db, given.tag), resolveTag(db, given.parent)];
    refuseSystem(tag);
    refuseCycle(db, tag.id, parent.id);
    const there = findUserRow(db, TAG_LINKS, parentLink(tag.id, parent.id)) !== undefined;
    return {
      plan: {
        summary: `Put the tag "${labelOf(tag)}" below "${labelOf(parent)}".`,
        steps: there ? [] : [{ what: 'put below', target: labelOf(tag), detail: labelOf(parent) }],
        conflicts: [],
        warnings: parent.kind === 'privacy' ? ['files with it will be shown only when asked for'] : [],
      },
      basis: { tag: tag.id, parent: parent.id, there },
    };
  },

  commit({ library }, given) {
    return library.write((tx) => {
      const [tag, parent] = [resolveTag(tx, given.tag), resolveTag(tx, given.parent)];
      refuseSystem(tag);
      writeParent(tx, tag.id, parent.id);
      const details = tagDetails(tx, tag);
      tx.summary(`Put the tag "${labelOf(tag)}" below "${labelOf(parent)}"`);
      tx.target(labelOf(tag));
      tx.emit({ resource: 'tag', change: 'updated', ids: [details.id] });
      return { tag: details };
    });
  },

  verify({ library: { db } }, given, { tag }) {
    const row = tagByUuid(db, tag.id);
    const parent = resolveTag(db, given.parent);
    return observed(['below it', true, row !== undefined && isAbove(db, parent.id, row.id)]);
  },
});
