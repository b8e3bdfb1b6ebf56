import { searchInputSchema } from '@sd/core/domain/search-input.ts';
import { FACETS } from '@sd/core/domain/facet.ts';
import { type Asking, askingOf } from '@sd/core/search/asking.ts';
import type { ContentsWorld } from '@sd/core/search/contents/contents-search.ts';
import { everyHit } from '@sd/core/search/every-hit.ts';
import { countFacet } from '@sd/core/search/facets/count-facets.ts';
import { Gathered } from '@sd/core/search/facets/gathered.ts';
import { search } from '@sd/core/search/search.ts';
import { type Row, atMost, percentile, round, told } from './row.ts';
import { syntheticIndex } from './synthetic-index.ts';
import { sayOfFiles } from './synthetic-said.ts';

const REACH_MS = 30;
const QUERIES = 100;
const LIMIT = 50;
const KINDS = ['image', 'video', 'audio', 'document', 'text'];

/** Queries over an index made by SQL, as a reader thread runs them. */
export function benchQueries(files: number): Row[] {
  const { db, remove } = syntheticIndex(files, (writer, device) =>
    sayOfFiles(writer, device, files, [
      { name: 'holiday', branches: 10, leaves: 10, files: Math.ceil(files / 50) },
      { name: 'work', branches: 10, leaves: 5, files: Math.ceil(files / 5) },
    ]),
  );
  try {
    return rows({ db, names: undefined, texts: undefined, check: () => {} }, files);
  } finally {
    remove();
  }
}

function rows(world: ContentsWorld, files: number): Row[] {
  const pick = random(7);
  const one = (texts: readonly string[]): string => texts[Math.floor(pick() * texts.length)] ?? '';
  const year = (): number => 2015 + Math.floor(pick() * 10);
  const number = (): number => Math.floor(pick() * 10);
  const filters = (when: string): string => `type:${one(KINDS)} size:>${Math.floor(pick() * 3)}mb ${when}:${year()}`;
  const families: [what: string, make: () => string][] = [
    ['year taken, a tag with 10 below it', () => `${filters('taken')} tag:"holiday ${number()}"`],
    ['year taken, a tag with 110 below it', () => `${filters('taken')} tag:holiday`],
    ['year modified, a tag with 10 below it', () => `${filters('modified')} tag:"holiday ${number()}"`],
    ['year modified, a tag with 110 below it', () => `${filters('modified')} tag:holiday`],
    [
      'rating, camera, a tag of many files',
      () => `rating:>=4 size:>1mb camera:"camera ${number()}" tag:"work ${number()}"`,
    ],
  ];
  return [
    ...families.map(([what, make]) => {
      const first = timeOf(world, make());
      const times = Array.from({ length: QUERIES }, () => timeOf(world, make()));
      const detail = `p50 ${round(percentile(times, 50))} ms, the first ${round(first)} ms`;
      return atMost(
        `query of ${files} entries: kind, size, ${what}, p95`,
        percentile(times, 95),
        REACH_MS,
        ' ms',
        detail,
      );
    }),
    ...['tag:holiday', 'type:image', ''].map((query) =>
      told(`all facets of ${query === '' ? 'everything' : query}, ${files} entries`, facets(world, query)),
    ),
  ];
}

function asked(world: ContentsWorld, query: string): Asking {
  const nowhere = (): never => {
    throw new Error('no place is asked for');
  };
  const places = { folderAt: nowhere, location: nowhere };
  return askingOf(searchInputSchema.parse({ query }), { world, places, now: Date.now() });
}

/** From the text that was typed to the hits of the first page. */
function timeOf(world: ContentsWorld, query: string): number {
  const started = performance.now();
  const { text, filter } = asked(world, query);
  search(world, { text, filter, order: { sort: 'relevance', descending: false }, limit: LIMIT });
  return performance.now() - started;
}

function facets(world: ContentsWorld, query: string): string {
  const started = performance.now();
  const gathered = new Gathered();
  everyHit(world, asked(world, query), (hit) => {
    gathered.add(hit);
    return true;
  });
  for (const facet of FACETS) countFacet(facet, { db: world.db, gathered, check: () => {}, limit: 20 });
  return `${round(performance.now() - started)} ms, ${gathered.hits.length} hits`;
}

/** The same queries in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
