import { generateNKeysBetween } from 'fractional-indexing';

/**
 * Positions are fractional indexes: text that sorts, with room between any two. So many characters mean that things were
 * put between the same two for thousands of times; then all of them are given new ones.
 */
const LONGEST_POSITION = 200;

/** `count` positions in their order, after one (`null`: from the start) and before the other (`null`: to the end). */
export function positionsBetween(after: string | null, before: string | null, count: number): string[] {
  return generateNKeysBetween(after, before, count);
}

/** Positions for so many things from the start on. */
export function freshPositions(count: number): string[] {
  return generateNKeysBetween(null, null, count);
}

/** Whether positions have become so long that all should be given new ones. */
export function areCrowded(positions: readonly string[]): boolean {
  return positions.some((position) => position.length > LONGEST_POSITION);
}
