import type { Hit } from '../finding/matcher.ts';
import { type Place, type Placed, inOrder, placed } from '../finding/order.ts';
import { UNBOUNDED } from '../finding/ranked.ts';
import { type SearchPlace, type SearchRequest, type SearchResult, search } from '../search.ts';
import { type ContentsResult, type ContentsWorld, isNamed, searchContents } from './contents-search.ts';
import type { ContentsQuery } from './contents-query.ts';

export interface EverywhereRequest extends Omit<SearchRequest, 'after'> {
  readonly query: ContentsQuery;
  readonly after?: EverywherePlace | undefined;
}

/** By relevance the hits by name come first: then a page ends among those, or among the ones by content. */
export type EverywherePlace =
  | { readonly among: 'names'; readonly place: SearchPlace }
  /** No place: before the first of them. */
  | { readonly among: 'contents'; readonly place: Place | undefined };

export interface EverywhereResult extends Omit<SearchResult, 'next'> {
  readonly next?: EverywherePlace;
  readonly index: ContentsResult['index'];
}

/** Finds entries by name, and those by what they hold whose names do not say it. */
export function searchEverywhere(world: ContentsWorld, request: EverywhereRequest): EverywhereResult {
  return request.order.sort === 'relevance' ? oneAfterTheOther(world, request) : interleaved(world, request);
}

function oneAfterTheOther(world: ContentsWorld, request: EverywhereRequest): EverywhereResult {
  const { after, limit } = request;
  const names = search(world, {
    ...request,
    after: after?.among === 'names' ? after.place : undefined,
    ...(after?.among === 'contents' ? { limit: 1 } : {}),
  });
  const taken = after?.among === 'contents' ? [] : names.hits;
  const contents = contentsOf(world, request, {
    after: after?.among === 'contents' ? after.place : undefined,
    limit: Math.max(1, limit - taken.length),
  });
  const common = { total: sum(names, contents), indexReady: names.indexReady, index: contents.index };
  if (after?.among !== 'contents' && names.next)
    return { ...common, hits: taken, next: { among: 'names', place: names.next } };
  if (taken.length >= limit) {
    const next: EverywherePlace = { among: 'contents', place: undefined };
    return { ...common, hits: taken, ...(contents.hits.length > 0 ? { next } : {}) };
  }
  return {
    ...common,
    hits: [...taken, ...contents.hits],
    ...(contents.next ? { next: { among: 'contents', place: contents.next } } : {}),
  };
}

/** Both in one order: each gives its next ones, the first of them all are the page. */
function interleaved(world: ContentsWorld, request: EverywhereRequest): EverywhereResult {
  const { after, limit, order } = request;
  const place = after?.among === 'names' ? after.place : undefined;
  const names = search(world, { ...request, after: place });
  const contents = contentsOf(world, request, { after: place, limit });
  const all = inOrder([...asPlaced(names.hits), ...asPlaced(contents.hits)], order, undefined);
  const page = all.slice(0, limit);
  const last = page.at(-1);
  const more = all.length > limit || names.next !== undefined || contents.next !== undefined;
  const next: EverywherePlace | undefined =
    last && more
      ? {
          among: 'names',
          place: { key: last.key, id: last.id, bounds: [UNBOUNDED, UNBOUNDED, UNBOUNDED], more: names.total.more },
        }
      : undefined;
  return {
    hits: page.map(({ hit }) => hit),
    total: sum(names, contents),
    indexReady: names.indexReady,
    index: contents.index,
    ...(next ? { next } : {}),
  };

  function asPlaced(hits: readonly Hit[]): Placed[] {
    return hits.map((hit) => placed(hit, order));
  }
}

function contentsOf(
  world: ContentsWorld,
  { text, query, filter, order }: EverywhereRequest,
  page: { after: Place | undefined; limit: number },
): ContentsResult {
  return searchContents(world, { query, filter, order, ...page, except: (hit) => isNamed(hit, text) });
}

function sum({ total: a }: SearchResult, { total: b }: ContentsResult): SearchResult['total'] {
  return { count: a.count + b.count, more: a.more || b.more };
}
