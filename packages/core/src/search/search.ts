import { Best } from './finding/best.ts';
import { COUNTED, collect } from './finding/collect.ts';
import { type EntryFilter, rowCondition } from './finding/filter.ts';
import type { Hit } from './finding/matcher.ts';
import { type Order, type Place, type Placed, columnOf, inOrder, placed } from './finding/order.ts';
import { Prepared } from './finding/prepared.ts';
import { type Bounds, type RankedParts, UNBOUNDED, chooseBounds, rankedPage } from './finding/ranked.ts';
import type { SearchText } from './finding/search-text.ts';
import { type SortedParts, sortedPage } from './finding/sorted.ts';
import { type SearchWorld, withoutDamage } from './finding/world.ts';

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

/** Finds entries by name and filters. */
export function search(world: SearchWorld, request: SearchRequest): SearchResult {
  return withoutDamage(world, (sound) => new Search(sound, request).run());
}

class Search {
  readonly #prepared: Prepared;
  readonly #request: SearchRequest;

  constructor(world: SearchWorld, request: SearchRequest) {
    this.#request = request;
    this.#prepared = new Prepared(world, {
      ...request,
      namesOnly: true,
      sortsRows: columnOf(request.order.sort) !== undefined,
    });
  }

  run(): SearchResult {
    const { after } = this.#request;
    const { scope, candidates, plan, matcher } = this.#prepared;
    // Counted on the first page; that many do not become few.
    if (after?.more) return this.#pageOfMany(after.bounds, undefined);
    if (scope && this.#prefersSubtree()) return this.#pageOfSubtree(scope);
    const found = collect(candidates.byId(plan, 0, COUNTED), matcher, scope ? PATIENCE : Infinity);
    if (!found) return this.#pageOfSubtree(scope ?? new Set());
    if (!found.more) return this.#pageOfAll(found.hits);
    // They have become many since the page before, whose order stays.
    if (after) return this.#pageOfMany(after.bounds, undefined);
    return this.#pageOfMany(this.#boundsFor(found.hits), found.hits);
  }

  /** Whether what lies in the subtree is less than what the plan offers. */
  #prefersSubtree(): boolean {
    const { inSubtree, offered } = this.#prepared;
    if (this.#ranks && inSubtree > SMALL_SUBTREE) return false;
    return inSubtree <= offered;
  }

  #pageOfSubtree(folders: ReadonlySet<number>): SearchResult {
    const { order, after, limit } = this.#request;
    const best = new Best(order, after, limit + 1);
    let count = 0;
    for (const hit of this.#prepared.below(folders)) {
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
      indexReady: this.#prepared.indexReady,
      ...(last && page.length > shown.length ? { next: { key: last.key, id: last.id, bounds, more: total.more } } : {}),
    };
  }

  get #ranks(): boolean {
    return this.#request.order.sort === 'relevance';
  }

  get #parts(): RankedParts & SortedParts {
    const { text, filter, order } = this.#request;
    const { world, candidates, planner, plan, matcher } = this.#prepared;
    return { db: world.db, candidates, planner, plan, text, matcher, order, condition: rowCondition(filter) };
  }
}
