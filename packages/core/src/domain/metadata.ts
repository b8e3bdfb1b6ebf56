import { z } from 'zod';
import { SAID_OF, type SaidOf } from './tag.ts';

export const MOST_FIELDS = 100;
const LONGEST_TEXT = 10_000;

/** A custom field's name: any characters, none of them a control. */
// oxlint-disable-next-line no-control-regex
const fieldName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\u0000-\u001f]*$/, 'a name without control characters');
/** A date is milliseconds since the epoch, kept apart from a number. */
const fieldValueSchema = z.union([
  z.string().max(LONGEST_TEXT),
  z.number(),
  z.boolean(),
  z.strictObject({ date: z.int().describe('milliseconds since the epoch') }),
]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
export type Fields = Readonly<Record<string, FieldValue>>;
const fieldsSchema = z.record(fieldName, fieldValueSchema);

/** What a person may say of a file; what is absent stays as it is, `null` takes back what was said. */
export const metadataPatch = {
  favorite: z.boolean().nullable().optional(),
  rating: z.int().min(0).max(5).nullable().optional().describe('stars, 0 to 5'),
  hidden: z.boolean().nullable().optional().describe('left out of listings and searches unless they ask for it'),
  note: z.string().max(LONGEST_TEXT).nullable().optional(),
  fields: z
    .record(fieldName, fieldValueSchema.nullable())
    .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `at most ${MOST_FIELDS} fields`)
    .optional()
    .describe('custom fields: those that are named change, null removes one'),
};
export const METADATA_NAMES = ['favorite', 'rating', 'hidden', 'note', 'fields'] as const;

/** What was said of one target. `undefined`: nothing. */
export interface Said {
  readonly favorite?: boolean | undefined;
  readonly rating?: number | undefined;
  readonly hidden?: boolean | undefined;
  readonly note?: string | undefined;
  readonly fields?: Fields | undefined;
}

/** What holds for an entry. */
export const metadataViewSchema = z.object({
  favorite: z.boolean(),
  rating: z.int(),
  hidden: z.boolean(),
  note: z.string().optional(),
  fields: fieldsSchema.optional(),
  said_of: z
    .record(z.string(), z.enum(SAID_OF))
    .describe('of what each of these was said: the entry, its content, or the content it had before it was edited'),
});
export type MetadataView = z.infer<typeof metadataViewSchema>;

/** What was said of an entry itself, of its content, and of the content it had before. */
export type SaidAround = Readonly<Partial<Record<SaidOf, Said>>>;

/** What was said nearer to the entry goes before what was said farther away, field by field. */
export function effectiveMetadata(around: SaidAround): MetadataView {
  const origins: Record<string, SaidOf> = {};
  const pick = <N extends 'favorite' | 'rating' | 'hidden' | 'note'>(name: N): Said[N] => {
    for (const of of SAID_OF) {
      const value = around[of]?.[name];
      if (value === undefined) continue;
      origins[name] = of;
      return value;
    }
    return undefined;
  };
  const [favorite, rating, hidden, note] = [pick('favorite'), pick('rating'), pick('hidden'), pick('note')];
  const fields: Record<string, FieldValue> = {};
  for (const of of SAID_OF)
    for (const [name, value] of Object.entries(around[of]?.fields ?? {})) {
      if (Object.hasOwn(fields, name)) continue;
      fields[name] = value;
      origins[`fields.${name}`] = of;
    }
  return {
    favorite: favorite ?? false,
    rating: rating ?? 0,
    hidden: hidden ?? false,
    ...(note === undefined ? {} : { note }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    said_of: origins,
  };
}

export type MetadataPatch = z.infer<z.ZodObject<typeof metadataPatch>>;

/** `said` with what the patch says and without what it takes back. */
export function patched(said: Said, patch: MetadataPatch): Said {
  const result: { -readonly [N in keyof Said]: Said[N] } = { ...said };
  if (patch.favorite !== undefined) result.favorite = patch.favorite ?? undefined;
  if (patch.rating !== undefined) result.rating = patch.rating ?? undefined;
  if (patch.hidden !== undefined) result.hidden = patch.hidden ?? undefined;
  if (patch.note !== undefined) result.note = patch.note || undefined;
  if (patch.fields) {
    const fields = { ...said.fields, ...patch.fields };
    const kept = Object.entries(fields).filter((field): field is [string, FieldValue] => field[1] !== null);
    result.fields = kept.length > 0 ? Object.fromEntries(kept) : undefined;
  }
  return result;
}

/** What `farther` says and `nearer` does not is added to `nearer`. */
export function filledUp(nearer: Said, farther: Said): Said {
  const fields = { ...farther.fields, ...nearer.fields };
  return {
    favorite: nearer.favorite ?? farther.favorite,
    rating: nearer.rating ?? farther.rating,
    hidden: nearer.hidden ?? farther.hidden,
    note: nearer.note ?? farther.note,
    fields: Object.keys(fields).length > 0 ? fields : undefined,
  };
}

export function saysNothing({ favorite, rating, hidden, note, fields }: Said): boolean {
  return [favorite, rating, hidden, note, fields].every((value) => value === undefined);
}
