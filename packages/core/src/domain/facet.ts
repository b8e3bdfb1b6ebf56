import { z } from 'zod';

/** What the hits of a search are counted by. Years are those of the local calendar. */
export const FACETS = [
  'kinds',
  'extensions',
  'sizes',
  'modified',
  'taken',
  'cameras',
  'tags',
  'ratings',
  'locations',
] as const;
export type Facet = (typeof FACETS)[number];

export const facetSchema = z.object({
  facet: z.enum(FACETS),
  values: z.array(
    z.object({
      value: z.string().describe('for people'),
      count: z.int().describe('entries of the whole result'),
      query: z.string().describe('the term that narrows the search to these'),
    }),
  ),
  more: z.boolean().describe('there are values beside these'),
});
export type FacetCounts = z.infer<typeof facetSchema>;
