import type { ReadConnection } from '../../ports/sqlite.ts';
import { Best } from './best.ts';
import type { Condition } from '../filtering/predicate.ts';
import { CANDIDATE_COLUMNS, type Candidate, type Candidates, type Narrowing } from './candidates.ts';
import type { Matcher } from './matcher.ts';
import { type Order, type Place, type Placed, columnOf, placed } from './order.ts';
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
  return column && parts.matcher.trivial && parts.plan.by === 'scan'
    ? sortedBySql(parts, column, after, count)
    : sortedByPass(parts, column, after, count);
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
