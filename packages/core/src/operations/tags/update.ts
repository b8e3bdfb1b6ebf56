import { z } from 'zod';
import { resolveTag } from '../../db/library/tag-names.ts';
import { labelOf, tagByUuid } from '../../db/library/tags.ts';
import { GIVEN_TAG_KINDS, TAG_RELATIONS, tagDetailsSchema, tagFields, tagSelector } from '../../domain/tag.ts';
import { action, observed } from '../../operation.ts';
import { relate, unrelate } from '../../tagging/links.ts';
import { changeTag, refuseSystem } from '../../tagging/tag-rows.ts';
import { tagBasis, tagDetails } from '../../tagging/tag-view.ts';

const linksSchema = z
  .object({ add: z.array(tagSelector).max(100).default([]), remove: z.array(tagSelector).max(100).default([]) })
  .optional();
const { aliases, abbreviation, color, icon, description } = tagFields;

const input = z.object({
  tag: tagSelector,
  kind: z.enum(GIVEN_TAG_KINDS).optional(),
  aliases: aliases.optional().describe('all of them, in place of those there were'),
  abbreviation: abbreviation.nullable().optional().describe('null takes it away'),
  color: color.nullable().optional(),
  icon: icon.nullable().optional(),
  description: description.nullable().optional(),
  related: linksSchema.describe('tags that have to do with it'),
  synonym: linksSchema.describe('tags that mean the same'),
});
type Input = z.output<typeof input>;
const FIELDS = ['kind', 'aliases', 'abbreviation', 'color', 'icon', 'description'] as const;

export const updateTag = action({
  summary: 'Changes what a tag is: its aliases, color, kind, what it is related to. Only what is given changes.',
  name: 'tags.update',
  scope: 'library',
  input,
  output: z.object({ tag: tagDetailsSchema }),
  errors: ['NOT_FOUND', 'CONFLICT', 'DISK_FULL'],
  permissions: ['library.write'],

  preview({ library }, change) {
    const tag = resolveTag(library.db, change.tag);
    refuseSystem(tag);
    const given = FIELDS.filter((name) => change[name] !== undefined);
    const warnings =
      change.kind === 'privacy' && tag.kind !== 'privacy' ? ['files with it will be shown only when asked for'] : [];
    return {
      plan: {
        summary: `Change the tag "${labelOf(tag)}".`,
        steps: [
          ...given.map((name) => ({ what: 'change', target: name, detail: shown(change[name]) })),
          ...TAG_RELATIONS.flatMap((relation) => [
            ...(change[relation]?.add ?? []).map((other) => ({ what: `add ${relation}`, target: other })),
            ...(change[relation]?.remove ?? []).map((other) => ({ what: `remove ${relation}`, target: other })),
          ]),
        ],
        conflicts: [],
        warnings,
      },
      basis: tagBasis(library.db, tag),
    };
  },

  commit({ library }, change) {
    return library.write((tx) => {
      const before = resolveTag(tx, change.tag);
      const fields = Object.fromEntries(
        FIELDS.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])),
      );
      const tag = changeTag(tx, before, fields);
      for (const relation of TAG_RELATIONS) {
        for (const other of change[relation]?.add ?? []) relate(tx, tag.id, relation, resolveTag(tx, other).id);
        for (const other of change[relation]?.remove ?? []) unrelate(tx, tag.id, relation, resolveTag(tx, other).id);
      }
      const details = tagDetails(tx, tag);
      tx.summary(`Changed the tag "${labelOf(tag)}"`);
      tx.target(labelOf(tag));
      tx.emit({ resource: 'tag', change: 'updated', ids: [details.id] });
      return { tag: details };
    });
  },

  verify({ library }, _input, { tag }) {
    const row = tagByUuid(library.db, tag.id);
    const now = row && tagDetails(library.db, row);
    return observed(...FIELDS.map((name) => [name, shown(tag[name]), shown(now?.[name])] as [string, string, string]));
  },
});

function shown(value: Input[(typeof FIELDS)[number]]): string {
  return value === null || value === undefined ? 'none' : Array.isArray(value) ? value.join(', ') : value;
}
