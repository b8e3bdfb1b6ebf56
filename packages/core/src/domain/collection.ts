import { z } from 'zod';
import { entryViewSchema } from './entry.ts';
import { uuidSchema } from './ids.ts';
import { LONGEST_QUERY } from './search-input.ts';
import { tagColorSchema } from './tag.ts';
import { targetsSchema } from './targets.ts';
import { tidyText } from './tidy-text.ts';

const LONGEST_NAME = 200;

/** Any characters; doubled spaces and those at its ends aside. */
export const collectionNameSchema = z
  .string()
  .max(1000)
  .transform((text) => tidyText(text, 1000).replace(/\s+/g, ' '))
  .pipe(z.string().min(1).max(LONGEST_NAME));

/** The fields of a collection that people fill in. */
export const collectionFields = {
  description: z.string().max(4000),
  color: tagColorSchema,
  icon: z.string().min(1).max(100),
};
export const collectionQuerySchema = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_QUERY)
  .describe('in the query language: it makes a smart collection, which holds what the search finds at each moment');

/** How an input names a collection. */
export const collectionSelector = z
  .string()
  .min(1)
  .max(400)
  .describe('a collection, by name (case and accents aside) or id');

/** An item of a collection: `e` and the id of an entry, `c` and that of a content. Good in one library only. */
export const itemIdSchema = z.string().regex(/^[ec][1-9]\d{0,15}$/, 'an item, as collections.get gives it');

/** How an input names an item that is in the collection. */
const itemSelector = z
  .string()
  .min(1)
  .max(32_768)
  .describe('an item’s id as collections.get gives it, or the path or address of its file');

/** Where items come to in the order. */
export const placeSchema = z
  .union([z.enum(['start', 'end']), z.strictObject({ before: itemSelector }), z.strictObject({ after: itemSelector })])
  .describe('start, end, {"before": item} or {"after": item}');
export type Place = z.output<typeof placeSchema>;

/** What an action on a collection is about: items of it, or what is in it anyway. */
export const itemsInput = {
  items: z.array(itemSelector).min(1).max(10_000).optional(),
  targets: targetsSchema.optional().describe('those of them that are in the collection'),
};

/**
 * `gone`: the index has it no more; only its label is left. `trashed`: it lies in the trash and comes back from there.
 * `offline`: its disk is away.
 */
const ITEM_STATES = ['here', 'offline', 'trashed', 'gone'] as const;

export const collectionItemSchema = z.object({
  item: itemIdSchema.optional().describe('absent in smart collections, whose items are found'),
  state: z.enum(ITEM_STATES),
  label: z.string().describe('its name now, or what it was called when it was added'),
  entry: entryViewSchema.optional().describe('of a content, one of its files: one that is there, where one is'),
  content_id: uuidSchema.optional().describe('where the item is a content, whatever file has it'),
  copies: z.int().optional().describe('files with that content'),
  added_at: z.int().optional(),
});
export type CollectionItem = z.infer<typeof collectionItemSchema>;

/** A collection as clients see it. */
export const collectionSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  description: z.string().optional(),
  color: z.string().optional(),
  icon: z.string().optional(),
  query: z.string().optional().describe('of a smart collection'),
  created_at: z.int(),
});
export type CollectionView = z.infer<typeof collectionSchema>;
