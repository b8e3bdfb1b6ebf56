import type { TextsIndex } from '../../db/texts/attached.ts';
import { isDamage } from '../../db/derived-file.ts';
import { fold } from '../../domain/fold.ts';
import { Best } from '../finding/best.ts';
import type { Candidate } from '../finding/candidates.ts';
import { COUNTED } from '../finding/collect.ts';
import { type EntryFilter, rowCondition } from '../finding/filter.ts';
import { type Hit, Matcher } from '../finding/matcher.ts';
import { type Order, type Place, type Placed, comparePlaces, placed } from '../finding/order.ts';
import { type SearchText, parseText } from '../finding/search-text.ts';
import { type SearchWorld, rootsNow, scopeNow, treeNow } from '../finding/world.ts';
import { type ContentsQuery, expressionOf } from './contents-query.ts';
import { byRank, inIndexOrder } from './matched-entries.ts';

export interface ContentsWorld extends SearchWorld {
  readonly texts: TextsIndex | undefined;
}

export interface ContentsRequest {
  readonly query: ContentsQuery;
  readonly filter: EntryFilter;
  readonly order: Order;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: Place | undefined;
  /** Hits that are found elsewhere already. */
  readonly except?: ((hit: Hit) => boolean) | undefined;
}

export interface ContentsResult {
  readonly hits: readonly Hit[];
  /** `more`: there are more than `count`. */
  readonly total: { readonly count: number; readonly more: boolean };
  /** Set where there is another page. */
  readonly next?: Place;
  readonly index: ContentsIndexState;
}

/** `filling`: documents are being read, so that there may be more to find; `missing`: none was read yet. */
export type ContentsIndexState = 'ready' | 'filling' | 'missing';

const NOTHING = parseText('');

/** Finds entries by the text of what they hold: all places of a content that has the words. */
export function searchContents(world: ContentsWorld, request: ContentsRequest): ContentsResult {
  const meta = world.texts?.current();
  const expression = expressionOf(request.query);
  const index: ContentsIndexState = meta ? (meta.filling ? 'filling' : 'ready') : 'missing';
  if (!meta || expression === undefined) return { hits: [], total: { count: 0, more: false }, index };
  try {
    const matches = matcherOf(world, request);
    const found =
      request.order.sort === 'relevance'
        ? ranked(world, expression, request, matches)
        : sorted(world, expression, request, matches);
    return { ...found, index };
  } catch (error) {
    if (!isDamage(error)) throw error;
    world.texts?.distrust();
    return { hits: [], total: { count: 0, more: false }, index: 'missing' };
  }
}

/** Every hit, in no order that matters. What a damaged index would have is left out. */
export function* everyContentsHit(
  world: ContentsWorld,
  request: Pick<ContentsRequest, 'query' | 'filter' | 'except'>,
): Generator<Hit> {
  const expression = expressionOf(request.query);
  if (!world.texts?.current() || expression === undefined) return;
  const match = matcherOf(world, request);
  try {
    for (const row of inIndexOrder(world, expression, rowCondition(request.filter))) {
      const hit = match(row);
      if (hit) yield hit;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    world.texts.distrust();
  }
}

/** Whether the name says the words already. */
export function isNamed({ name }: Hit, { words }: SearchText): boolean {
  const folded = fold(name);
  return words.every((word) => folded.includes(word));
}

type Found = Omit<ContentsResult, 'index'>;
type Match = (row: Candidate) => Hit | undefined;

function matcherOf({ db }: ContentsWorld, { filter, except }: Pick<ContentsRequest, 'filter' | 'except'>): Match {
  const scope = filter.below === undefined ? undefined : scopeNow(db, filter.below);
  const matcher = new Matcher({ text: NOTHING, filter, tree: treeNow(db), roots: rootsNow(db), scope });
  return (row) => {
    const hit = matcher.match(row);
    return hit && !except?.(hit) ? hit : undefined;
  };
}

/** Goes down the ranks until the page is full and there are more hits than are counted. */
function ranked(world: ContentsWorld, expression: string, request: ContentsRequest, match: Match): Found {
  const { limit, order, after, filter } = request;
  const page: Placed[] = [];
  let count = 0;
  for (const { rank, rows } of byRank(world, expression, rowCondition(filter))) {
    for (const row of rows) {
      const hit = match(row);
      if (!hit) continue;
      count++;
      const place: Placed = { hit, id: hit.id, key: rank };
      if (page.length <= limit && (!after || comparePlaces(place, after, order) > 0)) page.push(place);
    }
    if (page.length > limit && count > COUNTED) break;
  }
  return result(page, limit, count > COUNTED ? { count: COUNTED, more: true } : { count, more: false });
}

function sorted(world: ContentsWorld, expression: string, request: ContentsRequest, match: Match): Found {
  const { limit, order, after, filter } = request;
  const best = new Best(order, after, limit + 1);
  let count = 0;
  for (const row of inIndexOrder(world, expression, rowCondition(filter))) {
    const hit = match(row);
    if (!hit) continue;
    count++;
    best.offer(placed(hit, order));
  }
  return result(best.take(), limit, { count, more: false });
}

/** `page` has one more than asked for, if there is one. */
function result(page: readonly Placed[], limit: number, total: Found['total']): Found {
  const shown = page.slice(0, limit);
  const last = shown.at(-1);
  const hits = shown.map(({ hit }) => hit);
  return last && page.length > limit ? { hits, total, next: { key: last.key, id: last.id } } : { hits, total };
}
