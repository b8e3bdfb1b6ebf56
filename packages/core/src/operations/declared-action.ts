import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

/** What the actions of a family each declare of themselves; the rest they have in common. */
export interface DeclaredAction<N extends string, I extends z.ZodType> {
  readonly summary: string;
  readonly name: N;
  readonly input: I;
  /** What it may be refused for beside what all of them may be. */
  readonly errors?: readonly ErrorCode[];
}

/** The part of an action's declaration that is its own. */
export function ownFacts<const N extends string, I extends z.ZodType>(
  { summary, name, input, errors = [] }: DeclaredAction<N, I>,
  inCommon: readonly ErrorCode[],
) {
  return { summary, name, scope: 'library' as const, input, errors: [...inCommon, ...errors] };
}
