import type { Decisions, Plan, Verification } from '@sd/core/domain/plan.ts';
import type { operations } from '@sd/core/operations/index.ts';

type Operation = (typeof operations)[number];
type QueryOperation = Extract<Operation, { readonly type: 'query' }>;
type ActionOperation = Extract<Operation, { readonly type: 'action' }>;

/** What stands on the wire for a schema: before defaults are filled in. */
type Wire<S> = S extends { readonly _zod: { readonly input: infer I } } ? I : never;

/** An object of nothing is inferred as one where every name is forbidden, `library` too. */
type Named<I> = string extends keyof I ? unknown : I;
type Params<O extends Operation> = O['scope'] extends 'core'
  ? Wire<O['input']>
  : Named<Wire<O['input']>> & { readonly library?: string };

/** A plan as `preview:` answers it. */
export type IssuedPlan = Plan & { readonly plan_id: string; readonly operation: string; readonly expires_at: number };
/** What a commit answers; `receipt` is for `verify:`. */
export interface Committed<R> {
  readonly receipt: string;
  readonly result: R;
}

/** Every method of the daemon with its parameters and result, inferred from the operations. */
export type Methods = {
  [O in QueryOperation as `query:${O['name']}`]: { params: Params<O>; result: Wire<O['output']> };
} & {
  [O in ActionOperation as `preview:${O['name']}`]: { params: Params<O>; result: IssuedPlan };
} & {
  [O in ActionOperation as `action:${O['name']}`]: {
    params: Params<O> | { readonly plan_id: string; readonly decisions?: Decisions };
    result: Committed<Wire<O['output']>>;
  };
} & {
  [O in ActionOperation as `verify:${O['name']}`]: { params: { readonly receipt: string }; result: Verification };
};

export type Method = keyof Methods;
