import type { ReadConnection } from '../../ports/sqlite.ts';
import { Best } from './best.ts';
import type { Condition } from '../filtering/predicate.ts';
import { CANDIDATE_COLUMNS, type Candidate, type Candidates, type Narrowing } from './candidates.ts';
import type { Matcher } from './matcher.ts';
import { bestFirst } from './best-first.ts';
import { type Order, type Place, type Placed, columnOf, inOrder, placed } from './order.ts';
import type { Plan } from './planner.ts';

/** What a sorted page is taken from. */
export interface SortedParts {
  readonly db: ReadConnection;
  readonly candidates: Candidates;
  readonly plan: Plan;
  readonly matcher: Matcher;
  readonly condition: Condition;
  readonly order: Order;
}

/**
 * The next `count` hits of a search with many, in an order that is not their ids'. Exact for any number of them: every
 * candidate is looked at, once per page, and only the best are kept.
 */
export function sortedPage(parts: SortedParts, after: Place | undefined, count: number): Placed[] {
  const column = columnOf(parts.order.sort);
  const found = column && parts.plan.by === 'ids' ? parts.plan.found() : undefined;
  const keys = column && found?.keys?.(column);
  if (found && keys) return sortedByKeys(parts, bestFirst(found.ids, keys, parts.order), after, count);
  return column && parts.matcher.trivial && parts.plan.by === 'scan'
    ? sortedBySql(parts, column, after, count)
    : sortedByPass(parts, column, after, count);
}

/** Rows are looked up for the best only, by keys that are at hand. */
function sortedByKeys(
  { candidates, matcher, order }: SortedParts,
  bestAfter: (after: Place | undefined, count: number) => Place[],
  after: Place | undefined,
  count: number,
): Placed[] {
  const page: Placed[] = [];
  let last = after;
  for (let size = count * 2; page.length < count; size *= 4) {
    const places = bestAfter(last, size);
    const ids = Float64Array.from(places, ({ id }) => id).sort();
    const hits: Placed[] = [];
    for (const rows of candidates.ofIds(ids))
      for (const row of rows) {
        const hit = matcher.match(row);
        if (hit) hits.push(placed(hit, order));
      }
    page.push(...inOrder(hits, order, undefined));
    if (places.length < size) break;
    last = places.at(-1);
  }
  return page.slice(0, count);
}

function sortedByPass(
  { candidates, plan, matcher, order }: SortedParts,
  column: keyof Candidate | undefined,
  after: Place | undefined,
  count: number,
): Placed[] {
  const best = new Best(order, after, count);
  const narrowing = column && narrowed(column, order, after, best);
  for (const rows of candidates.byId(plan, 0, Number.MAX_SAFE_INTEGER, narrowing)) {
    for (const row of rows) {
      const hit = matcher.match(row);
      if (hit) best.offer(placed(hit, order));
    }
  }
  return best.take();
}

/** Rows that cannot be among the best stay in the database. */
function narrowed(column: keyof Candidate, order: Order, after: Place | undefined, best: Best): Narrowing {
  const [nearest, farthest] = order.descending ? ['<=', '>='] : ['>=', '<='];
  const open = order.descending ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return {
    sql: ` AND e.${column} ${nearest} ? AND e.${column} ${farthest} ?`,
    values: () => [after?.key ?? open, best.worst?.key ?? -open],
  };
}

function sortedBySql(
  { db, matcher, condition, order }: SortedParts,
  column: keyof Candidate,
  after: Place | undefined,
  count: number,
): Placed[] {
  const beyond = order.descending ? '<' : '>';
  const page = after ? ` AND (e.${column} ${beyond} ? OR (e.${column} = ? AND e.id > ?))` : '';
  const sql = `SELECT ${CANDIDATE_COLUMNS} FROM entries e NOT INDEXED WHERE true${page}${condition.sql}
    ORDER BY e.${column} ${order.descending ? 'DESC' : 'ASC'}, e.id LIMIT ?`;
  const rows = db
    .prepare<Candidate>(sql)
    .all(...(after ? [after.key, after.key, after.id] : []), ...condition.values, count);
  return rows.flatMap((row) => matcher.match(row) ?? []).map((hit) => placed(hit, order));
}
