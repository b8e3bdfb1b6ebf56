import type { z } from 'zod';
import type { ActionContext, ReadContext, ReaderContext } from './context.ts';
import type { Decisions, Plan, Verification } from './domain/plan.ts';
import type { ErrorCode } from './errors.ts';

/**
 * What an operation needs to run: nothing (`core`), a library (`library`), or a library if there is one (`any`).
 * The parameter `library` (id or name) picks it; with one library open it may be left out.
 */
export type Scope = 'core' | 'library' | 'any';

/** What a session may be allowed. A session holds a set of them from its handshake on. */
export const PERMISSIONS = [
  'core.read',
  'core.manage',
  'library.read',
  'library.write',
  'library.manage',
  'files.read',
  /** What a person's own files are changed with. */
  'files.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Where a query runs: `main` answers at once; `reader` may take longer than 10 ms and gets a thread of its own. */
export type QueryThread = 'main' | 'reader';

interface Declaration<N extends string, S extends Scope, I extends z.ZodType, O extends z.ZodType> {
  readonly summary: string;
  /** `<area>.<verb>`, snake_case, equal to the file's path. */
  readonly name: N;
  readonly scope: S;
  readonly input: I;
  readonly output: O;
  /** The codes it may answer beside those every method may (`INVALID_INPUT`, `FORBIDDEN`, `INTERNAL`, …). */
  readonly errors: readonly ErrorCode[];
  readonly permissions: readonly Permission[];
}

export interface Query<
  N extends string = string,
  S extends Scope = Scope,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  T extends QueryThread = QueryThread,
> extends Declaration<N, S, I, O> {
  readonly type: 'query';
  readonly thread: T;
  run(context: QueryContextOf<S, T>, input: z.output<I>): z.input<O> | Promise<z.input<O>>;
}
export type QueryContextOf<S extends Scope, T extends QueryThread> = T extends 'reader'
  ? ReaderContext<S>
  : ReadContext<S>;

export interface Action<
  N extends string = string,
  S extends Scope = Scope,
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> extends Declaration<N, S, I, O> {
  readonly type: 'action';
  /** What would change. Changes nothing. */
  preview(context: ReadContext<S>, input: z.output<I>): Preview | Promise<Preview>;
  /**
   * Does it, or starts the job that does. `decisions` answers the plan's conflicts, by conflict id; `*` answers those
   * that are not named. `plan` is the one that was shown, where the commit names one.
   */
  commit(
    context: ActionContext<S>,
    input: z.output<I>,
    decisions: Decisions,
    plan: CommittedPlan | undefined,
  ): z.input<O> | Promise<z.input<O>>;
  /** Looks again, at disk and database, and says what it saw. */
  verify(context: ReadContext<S>, input: z.output<I>, output: z.output<O>): Verification | Promise<Verification>;
}

export type Operation = Query | Action;

/**
 * What an operation has done in a reader thread in the middle of its work, with `context.inReader`; no method of the
 * wire. Listed by hand in `operations/reader-tasks.ts`. What goes in and comes out is JSON.
 */
export interface ReaderTask<Input = never, Output = unknown> {
  /** `<area>.<verb>`, a name that no query has. */
  readonly name: string;
  run(context: ReaderContext<'library'>, input: Input): Output | Promise<Output>;
}

/** The plan a commit names. */
export interface CommittedPlan {
  readonly id: string;
  /** It was stored by the preview, see `Preview.stored`. */
  readonly stored: boolean;
}

/**
 * A plan and the facts it was made from. When the plan is committed they are gathered again; if they differ, the
 * answer is `PLAN_STALE` with the names of those that do.
 */
export interface Preview {
  readonly plan: Plan;
  readonly basis: Readonly<Record<string, unknown>>;
  /**
   * Id under which the plan is stored with all its steps, where making it again would be too dear. `commit` then looks
   * itself whether the plan still holds, and throws `PLAN_STALE`.
   */
  readonly stored?: string;
}

/** The parts of a declaration in their order; `type` and defaults are filled in. */
export function query<
  const N extends string,
  const S extends Scope,
  I extends z.ZodType,
  O extends z.ZodType,
  const T extends QueryThread = 'main',
>(declaration: Omit<Query<N, S, I, O, T>, 'type' | 'thread'> & { thread?: T }): Query<N, S, I, O, T> {
  return { ...declaration, type: 'query', thread: (declaration.thread ?? 'main') as T };
}
export function action<const N extends string, const S extends Scope, I extends z.ZodType, O extends z.ZodType>(
  declaration: Omit<Action<N, S, I, O>, 'type'>,
): Action<N, S, I, O> {
  return { ...declaration, type: 'action' };
}

/** A verification from its observations. */
export function observed(...seen: [what: string, expected: unknown, seen: unknown][]): Verification {
  const lines = seen.map(([what, expected, found]) => ({
    what,
    expected: String(expected),
    seen: String(found),
    ok: expected === found,
  }));
  return { ok: lines.every((line) => line.ok), observed: lines };
}
