import { z } from 'zod';
import { resolveTag } from '../../db/library/tag-names.ts';
import { aliasesOf, labelOf, tagByUuid, twinOf } from '../../db/library/tags.ts';
import { MOST_ALIASES, namespaceSchema, tagDetailsSchema, tagNameSchema, tagSelector } from '../../domain/tag.ts';
import { SdError } from '../../errors.ts';
import { action, observed } from '../../operation.ts';
import { changeTag, refuseSystem } from '../../tagging/tag-rows.ts';
import { tagBasis, tagDetails } from '../../tagging/tag-view.ts';

export const renameTag = action({
  summary: 'Gives a tag another name, or another namespace. What has it keeps it.',
  name: 'tags.rename',
  scope: 'library',
  input: z.object({
    tag: tagSelector,
    name: tagNameSchema.optional(),
    namespace: namespaceSchema.optional(),
    keep_alias: z.boolean().default(false).describe('the old name still leads to it'),
  }),
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library }, change) {
    const tag = resolveTag(library.db, change.tag);
    refuseSystem(tag);
    const { name = tag.name, namespace = tag.namespace } = change;
    const twin = twinOf(library.db, name, namespace, tag.id);
    if (twin)
      throw new SdError('ALREADY_EXISTS', `there is a tag "${labelOf(twin)}" already`, {
        way_out: 'sd tag merge makes one of both',
      });
    const label = labelOf({ name, namespace });
    return {
      plan: {
        summary: `Rename the tag "${labelOf(tag)}" to "${label}".`,
        steps: label === labelOf(tag) ? [] : [{ what: 'rename', target: labelOf(tag), detail: label }],
        conflicts: [],
        warnings: [],
      },
      basis: tagBasis(library.db, tag),
    };
  },

  commit({ library }, { tag: text, name, namespace, keep_alias }) {
    return library.write((tx) => {
      const before = resolveTag(tx, text);
      const tag = changeTag(tx, before, {
        ...(name === undefined ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(keep_alias ? { aliases: [...aliasesOf(before), before.name].slice(-MOST_ALIASES) } : {}),
      });
      const details = tagDetails(tx, tag);
      tx.summary(`Renamed the tag "${labelOf(before)}" to "${labelOf(tag)}"`);
      tx.target(labelOf(tag));
      tx.emit({ resource: 'tag', change: 'updated', ids: [details.id] });
      return { tag: details };
    });
  },

  verify({ library }, _input, { tag }) {
    const row = tagByUuid(library.db, tag.id);
    return observed(['name', tag.name, row?.name], ['namespace', tag.namespace, row?.namespace]);
  },
});
