import { z } from 'zod';
import { FACETS, facetSchema } from '../../domain/facet.ts';
import { searchFilters } from '../../domain/search-input.ts';
import { query } from '../../operation.ts';
import { everyHit } from '../../search/every-hit.ts';
import { countFacet } from '../../search/facets/count-facets.ts';
import { Gathered } from '../../search/facets/gathered.ts';
import { askedIn, worldOf } from '../searching.ts';

export const searchFacets = query({
  summary: 'What a search finds, counted by kind, tag, year and more, over its whole result.',
  name: 'search.facets',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    ...searchFilters,
    facets: z
      .array(z.enum(FACETS))
      .min(1)
      .max(FACETS.length)
      .default([...FACETS]),
    limit: z.int().min(1).max(1000).default(20).describe('values of each facet'),
  }),
  output: z.object({
    total: z.object({ count: z.int(), bytes: z.int().describe('of the files among them') }),
    facets: z.array(facetSchema),
  }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.read'],

  run(context, { facets, limit, ...input }) {
    const world = worldOf(context);
    const gathered = new Gathered();
    everyHit(world, askedIn(context, input), (hit) => {
      gathered.add(hit);
      return true;
    });
    return {
      total: { count: gathered.hits.length, bytes: gathered.bytes },
      facets: facets.map((facet) => countFacet(facet, { db: world.db, gathered, check: world.check, limit })),
    };
  },
});
