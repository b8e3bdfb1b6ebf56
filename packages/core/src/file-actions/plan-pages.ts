import { asBegun, begunSteps } from '../db/actions/begun.ts';
import { type StepFilter, findStep, stepsOf } from '../db/actions/steps.ts';
import { showNative } from '../domain/native-path.ts';
import type { Step, StepProgress } from '../domain/step.ts';
import type { Conflict, Plan, PlanStep } from '../domain/plan.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { PlanHead } from './plan-head.ts';
import { StepPaths } from './step-paths.ts';
import { conflictView, stepView } from './step-view.ts';

/** So many steps, and conflicts, come with a plan; the rest is asked for page by page. */
const FIRST_PAGE = 100;

/** A step with how far it is. */
export interface PlanStepView extends PlanStep {
  readonly seq: number;
  readonly state: StepProgress['state'];
  /** What can be chosen, where it has a conflict. */
  readonly question?: Conflict;
  /** Why it was skipped, or failed. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** The plan as it is first shown. */
export function firstPage(plan: string, head: PlanHead, actions: ReadConnection): Plan {
  const paths = pathsOf(plan, actions);
  const { summary, totals, warnings, bytes } = head;
  const steps = stepsOf(actions, plan, { from: 0, limit: FIRST_PAGE });
  const conflicts =
    totals.conflicts > 0 ? stepsOf(actions, plan, { from: 0, limit: FIRST_PAGE, only: 'conflicts' }) : [];
  const total = bytes ?? (totals.bytes > 0 ? totals.bytes : undefined);
  return {
    summary,
    steps: steps.map((step) => viewOf(step, paths)),
    totals,
    ...(total === undefined ? {} : { bytes: total }),
    conflicts: conflicts.map((step) => conflictView(step, paths.of(step), head.policy)),
    warnings,
  };
}

/** Steps from `from` on, of one kind where `only` says so. */
export function planPage(
  plan: string,
  head: PlanHead,
  actions: ReadConnection,
  page: { from: number; limit: number; only?: StepFilter | undefined },
): PlanStepView[] {
  const paths = pathsOf(plan, actions);
  const begun = begunSteps(actions, plan);
  return stepsOf(actions, plan, page).map((step) => {
    const { outcome, conflict } = step;
    const { state } = asBegun(step, begun);
    return {
      ...viewOf(step, paths),
      ...(outcome?.target === undefined ? {} : { target: showNative(outcome.target) }),
      state,
      ...(conflict === 'none' ? {} : { question: conflictView(step, paths.of(step), head.policy) }),
      ...(outcome?.error ? { error: outcome.error } : {}),
    };
  });
}

function viewOf(step: Step & StepProgress, paths: StepPaths): PlanStep & { seq: number } {
  return stepView(step, paths.of(step));
}

function pathsOf(plan: string, actions: ReadConnection): StepPaths {
  return new StepPaths((seq) => findStep(actions, plan, seq));
}
