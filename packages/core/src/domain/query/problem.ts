import type { Span } from './query.ts';

/** What is wrong with a search that was typed, and where. */
export interface QueryProblem {
  /** For people. */
  readonly message: string;
  readonly at: Span;
  /** What could stand there, for people: `a size, like 5mb`. */
  readonly expected?: string;
  /** What was most likely meant: to be put where `at` is. */
  readonly suggestion?: string;
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: QueryProblem };

/** Thrown within the parser only, so that what is wrong deep inside comes out as a value. */
export class QueryFault extends Error {
  readonly problem: QueryProblem;
  constructor(problem: QueryProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
