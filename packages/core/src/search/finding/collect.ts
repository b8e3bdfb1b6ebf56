import type { Candidate } from './candidates.ts';
import type { Hit, Matcher } from './matcher.ts';

/** Totals are exact up to here; above it is "more than". */
export const COUNTED = 300;

/** The first hits of a search, to count them. */
export interface Collected {
  readonly hits: readonly Hit[];
  /** There are more than these. */
  readonly more: boolean;
}

/** Answers `undefined` where `patience` candidates were looked at and there is no end to see. */
export function collect(
  candidates: Iterable<readonly Candidate[]>,
  matcher: Matcher,
  patience: number,
): Collected | undefined {
  const hits: Hit[] = [];
  let seen = 0;
  for (const rows of candidates) {
    for (const row of rows) {
      const hit = matcher.match(row);
      if (!hit) continue;
      if (hits.length === COUNTED) return { hits, more: true };
      hits.push(hit);
    }
    seen += rows.length;
    if (seen >= patience) return undefined;
  }
  return { hits, more: false };
}
