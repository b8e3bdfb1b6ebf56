import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Candidate, Candidates } from './candidates.ts';
import type { Hit, Matcher } from './matcher.ts';
import { type Order, type Place, type Placed, inOrder, placed } from './order.ts';
import type { Plan, Planner } from './planner.ts';
import { ANYWHERE, EXACT, PREFIX, type SearchText, type Tier, WORD_START } from './search-text.ts';

/**
 * Ranking a search with many hits. The first tiers are looked up by trigrams of their own, each only among the entries
 * up to an id, its *bound*: a hit beyond it ranks as one that has the words anywhere. Bounds are chosen once and
 * travel in the cursor, so that every page has the same order, and every hit comes once.
 */
export type Bounds = readonly [exact: number, prefix: number, wordStart: number];

/** How many candidates of each tier are looked at. The names of the first hardly ever deceive. */
const CANDIDATES: Bounds = [4000, 250, 150];
/** A tail of this many entries that the index does not hold may be scanned for each tier. */
const SHORT_TAIL_IDS = 20_000;
export const UNBOUNDED = Number.MAX_SAFE_INTEGER;

export interface RankedParts {
  readonly db: ReadConnection;
  readonly candidates: Candidates;
  /** `undefined`: there is no index to use. */
  readonly planner: Planner | undefined;
  readonly plan: Plan;
  readonly text: SearchText;
  readonly matcher: Matcher;
  readonly order: Order;
}

/** `scannedTo`: the id of the last hit that was counted. */
export function chooseBounds(parts: RankedParts, scannedTo: number): Bounds {
  if (!canLookUp(parts)) return [scannedTo, scannedTo, scannedTo];
  const { candidates, planner, text } = parts;
  const shortTail = candidates.uncovered <= SHORT_TAIL_IDS;
  const most = shortTail ? UNBOUNDED : Math.max(candidates.covered, scannedTo);
  const bound = (tier: 0 | 1 | 2): number =>
    Math.min(most, nthCandidate(parts.db, planner?.plan(text, tier), CANDIDATES[tier]));
  return [bound(EXACT), bound(PREFIX), bound(WORD_START)];
}

/** The next `count` hits. `seen`: the hits that were counted, where the caller has them. */
export function rankedPage(
  parts: RankedParts,
  bounds: Bounds,
  after: Place | undefined,
  count: number,
  seen: readonly Hit[] | undefined,
): Placed[] {
  const page: Placed[] = [];
  for (const place of hitsByRank(parts, bounds, after, count, seen)) {
    page.push(place);
    if (page.length === count) break;
  }
  return page;
}

function* hitsByRank(
  parts: RankedParts,
  bounds: Bounds,
  after: Place | undefined,
  count: number,
  seen: readonly Hit[] | undefined,
): Generator<Placed> {
  const first = (after?.key ?? EXACT) as Tier;
  let from = first === ANYWHERE ? (after?.id ?? 0) : 0;
  if (canLookUp(parts)) {
    for (const tier of [EXACT, PREFIX, WORD_START] as const)
      if (tier >= first) yield* hitsOfTier(parts, bounds, tier, tier === first ? (after?.id ?? 0) : 0, count);
  } else if (seen || first < ANYWHERE) {
    const [end] = bounds;
    const hits = seen ?? hitsUpTo(parts, end);
    yield* inOrder(
      hits.map((hit) => placed(hit, parts.order)),
      parts.order,
      after,
    );
    from = Math.max(from, end);
  }
  yield* hitsOfTier(parts, bounds, ANYWHERE, from, count);
}

/** Whether tiers have plans of their own. */
function canLookUp({ planner, plan, text }: RankedParts): boolean {
  return planner !== undefined && (plan.by === 'index' || plan.by === 'nothing') && text.words.length > 0;
}

function* hitsOfTier(parts: RankedParts, bounds: Bounds, tier: Tier, from: number, count: number): Generator<Placed> {
  const bound = boundOf(bounds, tier);
  const plan = tier === ANYWHERE ? parts.plan : (parts.planner?.plan(parts.text, tier) ?? parts.plan);
  for (const rows of parts.candidates.byId(plan, from, count)) {
    for (const row of rows) {
      if (row.id > bound) return;
      const hit = parts.matcher.match(row);
      if (hit && rankOf(hit, bounds) === tier) yield placed(hit, parts.order, tier);
    }
  }
}

function rankOf(hit: Hit, bounds: Bounds): Tier {
  return hit.id > boundOf(bounds, hit.tier) ? ANYWHERE : hit.tier;
}

function boundOf(bounds: Bounds, tier: Tier): number {
  return tier === ANYWHERE ? UNBOUNDED : bounds[tier];
}

function hitsUpTo({ candidates, plan, matcher }: RankedParts, id: number): Hit[] {
  const hits: Hit[] = [];
  for (const rows of candidates.byId(plan, 0, Number.MAX_SAFE_INTEGER)) {
    const within: Candidate[] = rows.filter((row) => row.id <= id);
    for (const row of within) {
      const hit = matcher.match(row);
      if (hit) hits.push(hit);
    }
    if (within.length < rows.length) break;
  }
  return hits;
}

function nthCandidate(db: ReadConnection, plan: Plan | undefined, n: number): number {
  // Where no name has the trigrams of a tier, names that are not in the index yet still may.
  if (plan?.by !== 'index' || plan.docs <= n) return UNBOUNDED;
  return (
    db
      .prepare<{ rowid: number }>('SELECT rowid FROM names.trigrams WHERE trigrams MATCH ? LIMIT 1 OFFSET ?')
      .get(plan.expression, n)?.rowid ?? UNBOUNDED
  );
}
