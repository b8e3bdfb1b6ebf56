import { doneStepsBefore, findStep, type FoundStep } from '../../db/actions/steps.ts';
import { historyOfPlan } from '../../db/library/history.ts';
import { SdError } from '../../errors.ts';
import type { InverseParts } from '../planning/parts.ts';
import type { GivenStep } from '../protocol.ts';
import { StepPaths } from '../step-paths.ts';
import { inverseOf } from './inverse-of.ts';
import { refuseChangedBelow } from './changed-below.ts';
import { isTakenBack } from './taken-back.ts';
import { WholeCopies } from './whole-copies.ts';

const PAGE = 1_000;

/**
 * Steps that take back what a plan has done: those that were done, the last first, each turned round. What they suppose
 * of the disk is what the plan has left there; whoever plans them looks whether it still is. Of an action some of which
 * was taken back before, only the rest. Throws `CONFLICT` where nothing can be taken back.
 */
export function* inverseSteps(plan: string, parts: InverseParts): Generator<GivenStep> {
  const { actions, db, files, checkCancelled } = parts;
  const find = (seq: number): FoundStep | undefined => findStep(actions, plan, seq);
  const paths = new StepPaths(find);
  const whole = new WholeCopies(plan, parts);
  const again = historyOfPlan(db, plan)?.state === 'partial';
  let any = false;
  for (let page = backwards(Number.MAX_SAFE_INTEGER); page.length > 0; page = backwards(page.at(-1)?.seq ?? 0)) {
    checkCancelled();
    for (const step of page) {
      if (whole.covers(step)) continue;
      const place = {
        ...paths.of(step),
        ...(step.outcome?.target === undefined ? {} : { target: step.outcome.target }),
      };
      if (again && isTakenBack(step, place, parts)) continue;
      if (step.kind === 'restore' && step.outcome?.at !== undefined && place.target !== undefined)
        refuseChangedBelow(place.target, step.outcome.at, parts);
      for (const given of inverseOf(step, place, { db, files, paths, find }, whole.isWhole(step))) {
        any = true;
        yield given;
      }
    }
  }
  if (!any) throw new SdError('CONFLICT', 'there is nothing on the disk to take back');

  function backwards(before: number): FoundStep[] {
    return doneStepsBefore(actions, plan, before, PAGE);
  }
}
