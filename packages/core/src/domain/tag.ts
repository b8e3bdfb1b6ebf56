import { z } from 'zod';
import { uuidSchema } from './ids.ts';
import { tidyText } from './tidy-text.ts';

/** `system` ones belong to the program: nobody changes them. Files with a `privacy` one are shown only when asked for. */
export const TAG_KINDS = ['standard', 'organizational', 'privacy', 'system'] as const;
export type TagKind = (typeof TAG_KINDS)[number];
/** Those that people may make. */
export const GIVEN_TAG_KINDS = ['standard', 'organizational', 'privacy'] as const;

/** `related` and `synonym` hold both ways. */
export const TAG_RELATIONS = ['related', 'synonym'] as const;
export type TagRelation = (typeof TAG_RELATIONS)[number];

export const MOST_ALIASES = 50;
const LONGEST_TAG_NAME = 200;

const tidy = (text: string): string => tidyText(text, 1000).replace(/\s+/g, ' ');
const name = z.string().max(1000).transform(tidy).pipe(z.string().min(1).max(LONGEST_TAG_NAME));

/** What a tag is called: any characters, spaces at its ends and doubled ones aside. */
export const tagNameSchema = name;
/** '' is the namespace that all share. */
export const namespaceSchema = z
  .string()
  .max(1000)
  .transform(tidy)
  .pipe(
    z
      .string()
      .max(100)
      .regex(/^[^/:]*$/, 'a namespace has no / and no :'),
  );
export const tagColorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'a color like #ff8800')
  .transform((color) => color.toLowerCase());

/** The fields of a tag that people fill in. */
export const tagFields = {
  aliases: z.array(name).max(MOST_ALIASES),
  abbreviation: name.pipe(z.string().max(20)),
  color: tagColorSchema,
  icon: z.string().min(1).max(100),
  description: z.string().max(4000),
};

/** A tag in an input: its UUID, its name, an alias, its abbreviation; `work/project` or `work:project` names the namespace. */
export const tagSelector = z
  .string()
  .min(1)
  .max(400)
  .describe('a name, an alias, an abbreviation or an id; work/project (or work:project) names the namespace');

/** A tag as it is shown beside a file. */
export const tagBadgeSchema = z.object({ id: uuidSchema, name: z.string(), color: z.string().optional() });
export type TagBadge = z.infer<typeof tagBadgeSchema>;

/** A tag among others. */
export const tagRefSchema = tagBadgeSchema.extend({
  namespace: z.string(),
  kind: z.enum(TAG_KINDS),
  icon: z.string().optional(),
});
export type TagRef = z.infer<typeof tagRefSchema>;

/** A tag by itself. */
export const tagViewSchema = tagRefSchema.extend({
  aliases: z.array(z.string()),
  abbreviation: z.string().optional(),
  description: z.string().optional(),
  created_at: z.int(),
  applied: z.int().describe('to how many entries and contents, descendants aside'),
});
export type TagView = z.infer<typeof tagViewSchema>;

/** All that is known of a tag. */
export const tagDetailsSchema = tagViewSchema.extend({
  parents: z.array(tagRefSchema),
  children: z.array(tagRefSchema),
  related: z.array(tagRefSchema),
  synonyms: z.array(tagRefSchema),
});
export type TagDetails = z.infer<typeof tagDetailsSchema>;

/** Where what holds for an entry was said: of itself, of its content, or of the content it had before it was edited. */
export const SAID_OF = ['entry', 'content', 'previous_content'] as const;
export type SaidOf = (typeof SAID_OF)[number];

/** A tag that an entry has, and why. */
export const appliedTagSchema = tagRefSchema.extend({
  said_of: z.enum(SAID_OF),
  source: z.string().describe('user, import, or who else applied it'),
  confidence: z.number().optional().describe('0 to 1; people are sure'),
  context: z.unknown().optional().describe('why, as whoever applied it said'),
  applied_at: z.int(),
});
export type AppliedTag = z.infer<typeof appliedTagSchema>;
