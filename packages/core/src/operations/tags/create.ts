import { z } from 'zod';
import { resolveTag } from '../../db/library/tag-names.ts';
import { labelOf, tagByUuid, tagNamed } from '../../db/library/tags.ts';
import { idSource } from '../../domain/ids.ts';
import {
  GIVEN_TAG_KINDS,
  namespaceSchema,
  tagDetailsSchema,
  tagFields,
  tagNameSchema,
  tagSelector,
} from '../../domain/tag.ts';
import { SdError } from '../../errors.ts';
import { action, observed } from '../../operation.ts';
import { addParent, relate } from '../../tagging/links.ts';
import { createTag as writeTag } from '../../tagging/tag-rows.ts';
import { tagDetails } from '../../tagging/tag-view.ts';

const selectors = z.array(tagSelector).max(100).default([]);

export const createTag = action({
  summary: 'Makes a tag.',
  name: 'tags.create',
  scope: 'library',
  input: z.object({
    name: tagNameSchema,
    namespace: namespaceSchema.default('').describe('the same name may be in several; "" is the one that all share'),
    kind: z
      .enum(GIVEN_TAG_KINDS)
      .default('standard')
      .describe('privacy: files with it, or with a tag below it, are shown only when asked for'),
    ...z.object(tagFields).partial().shape,
    parents: selectors,
    related: selectors,
    synonyms: selectors,
  }),
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library }, { name, namespace, kind, parents, related, synonyms }) {
    const twin = tagNamed(library.db, name, namespace);
    if (twin) throw new SdError('ALREADY_EXISTS', `there is a tag "${labelOf(twin)}" already`);
    const linked = [...parents, ...related, ...synonyms].map((text) => resolveTag(library.db, text).id);
    return {
      plan: {
        summary: `Make the tag "${labelOf({ name, namespace })}".`,
        steps: [
          { what: 'create tag', target: labelOf({ name, namespace }), detail: kind },
          ...parents.map((parent) => ({ what: 'put below', target: parent })),
        ],
        conflicts: [],
        warnings: kind === 'privacy' ? ['files with it are shown only when asked for'] : [],
      },
      basis: { name, namespace, linked },
    };
  },

  async commit({ library, clock, random }, { parents, related, synonyms, ...draft }) {
    const uuid = idSource(clock, random);
    return library.write((tx) => {
      const tag = writeTag(tx, draft, uuid.bytes(), clock.now());
      for (const parent of parents) addParent(tx, tag.id, resolveTag(tx, parent).id);
      for (const other of related) relate(tx, tag.id, 'related', resolveTag(tx, other).id);
      for (const other of synonyms) relate(tx, tag.id, 'synonym', resolveTag(tx, other).id);
      const details = tagDetails(tx, tag);
      tx.summary(`Made the tag "${labelOf(tag)}"`);
      tx.target(labelOf(tag));
      tx.emit({ resource: 'tag', change: 'created', ids: [details.id] });
      return { tag: details };
    });
  },

  verify({ library }, _input, { tag }) {
    const row = tagByUuid(library.db, tag.id);
    return observed(
      ['name', tag.name, row?.name],
      ['namespace', tag.namespace, row?.namespace],
      ['kind', tag.kind, row?.kind],
    );
  },
});
