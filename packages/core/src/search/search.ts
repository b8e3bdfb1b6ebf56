import { isDamage } from '../db/derived-file.ts';
import { Best } from './finding/best.ts';
import { Candidates } from './finding/candidates.ts';
import { COUNTED, collect } from './finding/collect.ts';
import { type EntryFilter, rowCondition } from './finding/filter.ts';
import { type Hit, Matcher } from './finding/matcher.ts';
import { type Order, type Place, type Placed, inOrder, placed } from './finding/order.ts';
import { type Plan, Planner } from './finding/planner.ts';
import { type Bounds, type RankedParts, UNBOUNDED, chooseBounds, rankedPage } from './finding/ranked.ts';
import type { SearchText } from './finding/search-text.ts';
import { type SortedParts, sortedPage } from './finding/sorted.ts';
import { childrenOf, countBelow } from './finding/subtree.ts';
import { type SearchWorld, isReady, rootsNow, scopeNow, treeNow } from './finding/world.ts';

export interface SearchRequest {
  readonly text: SearchText;
  readonly filter: EntryFilter;
  readonly order: Order;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: SearchPlace | undefined;
}

/** The end of a page, and what the next one has to know to go on in the same order. */
export interface SearchPlace extends Place {
  readonly bounds: Bounds;
  /** Set where the hits were too many to count. */
  readonly more: boolean;
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** `more`: there are more than `count`. */
  readonly total: { readonly count: number; readonly more: boolean };
  /** Set where there is another page. */
  readonly next?: SearchPlace;
  readonly indexReady: boolean;
}

/** A subtree of at most so many entries is gone through as a whole without asking whether the index is quicker. */
const SMALL_SUBTREE = 20_000;
/** Candidates looked at before a search within a subtree goes through that instead. */
const PATIENCE = 20_000;
const NO_BOUNDS: Bounds = [UNBOUNDED, UNBOUNDED, UNBOUNDED];

/** Finds entries by name and filters. What it reads of a damaged index it finds by scanning. */
export function search(world: SearchWorld, request: SearchRequest): SearchResult {
  try {
    return new Search(world, request).run();
  } catch (error) {
    if (!world.names || !isDamage(error)) throw error;
    world.names.distrust();
    return new Search({ ...world, names: undefined }, request).run();
  }
}

class Search {
  readonly #world: SearchWorld;
  readonly #request: SearchRequest;
  readonly #candidates: Candidates;
  readonly #planner: Planner | undefined;
  readonly #plan: Plan;
  readonly #matcher: Matcher;
  /** The folders to look in, where that is not all of them. */
  readonly #scope: ReadonlySet<number> | undefined;
  readonly #indexReady: boolean;

  constructor(world: SearchWorld, request: SearchRequest) {
    const { db, check } = world;
    const { text, filter } = request;
    this.#world = world;
    this.#request = request;
    const meta = world.names?.current();
    const index = meta?.state === 'ready' ? meta : undefined;
    this.#candidates = new Candidates({ db, index, text, condition: rowCondition(filter), check });
    this.#planner = index && new Planner(db, index.docs, filter.extensions ?? []);
    this.#plan = this.#planner?.plan(text) ?? { by: 'scan' };
    this.#scope = filter.below === undefined ? undefined : scopeNow(db, filter.below);
    this.#matcher = new Matcher({ text, filter, tree: treeNow(db), roots: rootsNow(db), scope: this.#scope });
    this.#indexReady = isReady(index, this.#candidates.uncovered);
  }

  run(): SearchResult {
    const { after } = this.#request;
    // Counted on the first page; that many do not become few.
    if (after?.more) return this.#pageOfMany(after.bounds, undefined);
    if (this.#scope && this.#prefersSubtree()) return this.#pageOfSubtree(this.#scope);
    const found = collect(
      this.#candidates.byId(this.#plan, 0, COUNTED),
      this.#matcher,
      this.#scope ? PATIENCE : Infinity,
    );
    if (!found) return this.#pageOfSubtree(this.#scope ?? new Set());
    if (!found.more) return this.#pageOfAll(found.hits);
    // They have become many since the page before, whose order stays.
    if (after) return this.#pageOfMany(after.bounds, undefined);
    return this.#pageOfMany(this.#boundsFor(found.hits), found.hits);
  }

  /** Whether what lies in the subtree is less than what the index offers. Its sums may be out of date: that costs time, no hits. */
  #prefersSubtree(): boolean {
    const entries = countBelow(this.#world.db, this.#request.filter.below ?? 0);
    if (this.#ranks && entries > SMALL_SUBTREE) return false;
    return this.#plan.by !== 'index' || entries <= this.#plan.docs;
  }

  #pageOfSubtree(folders: ReadonlySet<number>): SearchResult {
    const { order, after, limit, filter } = this.#request;
    const best = new Best(order, after, limit + 1);
    let count = 0;
    for (const row of childrenOf(this.#world.db, folders, rowCondition(filter), this.#world.check)) {
      const hit = this.#matcher.match(row);
      if (!hit) continue;
      count++;
      best.offer(placed(hit, order));
    }
    return this.#result(best.take(), { count, more: false }, NO_BOUNDS);
  }

  #pageOfAll(hits: readonly Hit[]): SearchResult {
    const { order, after, limit } = this.#request;
    const places = inOrder(
      hits.map((hit) => placed(hit, order)),
      order,
      after,
    );
    return this.#result(places.slice(0, limit + 1), { count: hits.length, more: false }, NO_BOUNDS);
  }

  #pageOfMany(bounds: Bounds, seen: readonly Hit[] | undefined): SearchResult {
    const { after, limit } = this.#request;
    const page = this.#ranks
      ? rankedPage(this.#parts, bounds, after, limit + 1, seen)
      : sortedPage(this.#parts, after, limit + 1);
    return this.#result(page, { count: COUNTED, more: true }, bounds);
  }

  #boundsFor(counted: readonly Hit[]): Bounds {
    return this.#ranks ? chooseBounds(this.#parts, counted.at(-1)?.id ?? 0) : NO_BOUNDS;
  }

  /** `page` has one more than asked for, if there is one. */
  #result(page: readonly Placed[], total: SearchResult['total'], bounds: Bounds): SearchResult {
    const shown = page.slice(0, this.#request.limit);
    const last = shown.at(-1);
    return {
      hits: shown.map(({ hit }) => hit),
      total,
      indexReady: this.#indexReady,
      ...(last && page.length > shown.length ? { next: { key: last.key, id: last.id, bounds, more: total.more } } : {}),
    };
  }

  get #ranks(): boolean {
    return this.#request.order.sort === 'relevance';
  }

  get #parts(): RankedParts & SortedParts {
    const { text, filter, order } = this.#request;
    return {
      db: this.#world.db,
      candidates: this.#candidates,
      planner: this.#planner,
      plan: this.#plan,
      text,
      matcher: this.#matcher,
      order,
      condition: rowCondition(filter),
    };
  }
}
