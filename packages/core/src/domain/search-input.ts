import { z } from 'zod';
import { ENTRY_TYPES } from './entry.ts';
import { uuidSchema } from './ids.ts';
import { KINDS } from './kinds.ts';
import { locationSelector } from './location.ts';
import { tagSelector } from './tag.ts';

/** Characters of a search that is typed. */
export const LONGEST_QUERY = 2000;

const name = z.string().min(1).max(400);
const names = z.array(name).min(1).max(100);
const tags = z.array(tagSelector).min(1).max(100);
const time = z.int().min(-8.64e15).max(8.64e15);
const pixels = z.int().min(0);

/** What is searched for: the input of `search.files` without its order and its pages. All that is given must hold. */
export const searchFilters = {
  query: z
    .string()
    .max(LONGEST_QUERY)
    .optional()
    .describe(
      'in the query language, e.g. `type:image tag:holiday size:>5mb "exact words" -draft`; see docs/search.md',
    ),
  in: z
    .enum(['names', 'contents', 'all'])
    .default('names')
    .describe(
      'where the words are looked for: in names, in the text of documents, or in both; `in:` in the query goes before it',
    ),
  text: z
    .string()
    .max(1000)
    .optional()
    .describe(
      'words that must all be in the name, or in the text, in any order; any characters, case and accents aside. In texts they are whole words, but for the last, which stands for its beginning; "in quotes" they follow one another',
    ),
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).optional(),
  types: z.array(z.enum(ENTRY_TYPES)).min(1).max(ENTRY_TYPES.length).optional(),
  extensions: z
    .array(
      z
        .string()
        .regex(/^\.?[^./][^/]*$/, 'an extension, like pdf or tar.gz')
        .max(100),
    )
    .min(1)
    .max(100)
    .optional(),
  min_size: z.int().min(0).optional().describe('bytes; of files, folders have none of their own'),
  max_size: z.int().min(0).optional(),
  modified_after: z
    .int()
    .optional()
    .describe('milliseconds since the epoch, that one included; a clock that names no zone is read as UTC'),
  modified_before: z.int().optional().describe('milliseconds since the epoch, that one not included'),
  location: locationSelector.optional().describe('only what lies in this location'),
  within: z.string().min(1).max(32_768).optional().describe('only what lies below this folder'),
  hidden: z.boolean().default(true).describe('also names that begin with a dot, and what lies below such folders'),
  private: z
    .boolean()
    .default(false)
    .describe(
      'also what people said to hide or gave a privacy tag, and what lies below such folders; `is:hidden` in the query asks for it as well',
    ),
  tags: z
    .object({
      any: tags.describe('one of them at least'),
      all: tags,
      none: tags,
      descendants: z.boolean().describe('true by default: a tag stands for those below it as well'),
    })
    .partial()
    .optional(),
  collections: names.optional().describe('in one of these, by name or id'),
  min_rating: z.int().min(0).max(5).optional().describe('stars; 0 is no rating'),
  max_rating: z.int().min(0).max(5).optional(),
  favorite: z.boolean().optional(),
  taken_after: time
    .optional()
    .describe('milliseconds since the epoch, that one included; a clock that names no zone is read as UTC'),
  taken_before: time.optional().describe('that one not included'),
  cameras: names.optional().describe('make and model have one of these words'),
  min_duration: z.int().min(0).optional().describe('milliseconds'),
  max_duration: z.int().min(0).optional(),
  min_width: pixels.optional().describe('pixels, as shown'),
  max_width: pixels.optional(),
  min_height: pixels.optional(),
  max_height: pixels.optional(),
  place: z
    .object({
      south: z.number().min(-90).max(90),
      west: z.number().min(-180).max(180),
      north: z.number().min(-90).max(90),
      east: z.number().min(-180).max(180),
    })
    .optional()
    .describe('taken within this box, degrees; west may be more than east: then it crosses the date line'),
  devices: names.optional().describe('on one of these, by name, slug or id'),
  volumes: names.optional().describe('on one of these, by name or id'),
  content_id: uuidSchema.optional().describe('files with this content'),
};

/** What is searched for, by itself. */
export const searchInputSchema = z.object(searchFilters);
export type SearchInput = z.output<typeof searchInputSchema>;
