import { findPlan, planCommitted } from '../../db/actions/plans.ts';
import { findStep, stepsFrom } from '../../db/actions/steps.ts';
import { SdError } from '../../errors.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { Connection } from '../../ports/sqlite.ts';
import type { PlannerRequest } from '../protocol.ts';
import { planHeadOf } from '../plan-head.ts';
import { StepPaths } from '../step-paths.ts';
import { checkDecisions } from './decisions.ts';
import { PlanCheck } from './plan-check.ts';

export interface CommitParts {
  readonly files: ReadFiles;
  readonly actions: Connection;
  checkCancelled(): void;
}

/** Looks at all of the disk that a plan is about again, and marks the plan committed: once, and so that it lasts. */
export function commitPlan(
  { plan, decisions, receipt, client }: Extract<PlannerRequest, { type: 'commit' }>,
  parts: CommitParts,
): void {
  const { actions, files } = parts;
  const row = findPlan(actions, plan);
  if (row?.state !== 'shown')
    throw new SdError('PLAN_NOT_FOUND', `no plan ${plan} waits to be committed: plans last 30 minutes and one commit`, {
      way_out: 'preview again',
    });
  const head = planHeadOf(row);
  checkDecisions(decisions, plan, actions);
  const paths = new StepPaths((seq) => findStep(actions, plan, seq));
  const check = new PlanCheck({ ...parts, paths, decisions, head });
  for (const step of stepsFrom(actions, plan)) check.look(step);
  const { room } = head;
  check.end(() => (room === undefined ? undefined : files.space(room).free));
  if (!planCommitted(actions, plan, { decisions, receipt, client }))
    throw new SdError('PLAN_NOT_FOUND', `the plan ${plan} was committed already`);
}
