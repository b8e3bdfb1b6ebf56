import { findPlan, forgetPlan, insertPlan, planShown } from '../../db/actions/plans.ts';
import { sizeForPeople } from '../../domain/for-people.ts';
import { SdError } from '../../errors.ts';
import type { MadePlan } from '../file-actions.ts';
import { firstPage } from '../plan-pages.ts';
import type { PlanHead } from '../plan-head.ts';
import type { GivenStep, PlanRequest } from '../protocol.ts';
import { planCreate } from './create.ts';
import { planDedupe } from './dedupe.ts';
import { planGiven } from './given.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { planRename } from './rename.ts';
import { planRestore } from './restore.ts';
import { planSetTimes } from './set-times.ts';
import { planDelete, planTrash } from './take-away.ts';
import { planTransfer } from './transfer.ts';

/** Writes the steps of a plan and answers it. What it throws has left nothing. */
export function makePlan(id: string, request: PlanRequest, parts: PlanningParts): MadePlan {
  const { actions, out, time } = parts;
  const undoes = 'undoes' in request ? request.undoes : undefined;
  insertPlan(actions, { id, operation: request.operation, request, undoes, madeAt: time() });
  try {
    const planned = planSteps(request, parts);
    out.flush();
    const head = headOf(request, planned, parts);
    planShown(actions, id, head, time());
    return { id, plan: firstPage(id, head, actions) };
  } catch (error) {
    forgetPlan(actions, id);
    throw error;
  }
}

function planSteps(request: PlanRequest, parts: PlanningParts): Planned {
  switch (request.operation) {
    case 'entries.copy':
    case 'entries.move':
      return planTransfer(request, parts);
    case 'entries.rename':
      return planRename(request, parts);
    case 'entries.create_folder':
    case 'entries.create_file':
      return planCreate(request, parts);
    case 'entries.trash':
      return planTrash(request, parts);
    case 'entries.delete':
      return planDelete(request, parts);
    case 'entries.restore':
      return planRestore(request, parts);
    case 'entries.set_times':
      return planSetTimes(request, parts);
    case 'history.undo':
    case 'history.redo':
      return planGiven(request.summary, inverseSteps(request.plan, parts), parts);
    case 'content.dedupe':
      return planDedupe(request, parts);
  }
}

function inverseSteps(
  plan: string,
  { actions, db, files, help, world, checkCancelled }: PlanningParts,
): Iterable<GivenStep> {
  if (findPlan(actions, plan))
    return help.inverseSteps(plan, { actions, db, files, now: world.now * 1_000, checkCancelled });
  throw new SdError('NOT_FOUND', 'what that action did is not kept any more, so it cannot be taken back', {
    way_out: 'do by hand what is still wanted',
  });
}

function headOf(request: PlanRequest, planned: Planned, { out, warnings, files }: PlanningParts): PlanHead {
  const { target, filesThere, bytesThere, expectedMs } = planned;
  const free = target && files.space(target.folder).free;
  const { bytes } = out.totals;
  const needsRoom = target !== undefined && bytes > 0 && !planned.sharesBytes;
  if (needsRoom && free !== undefined && bytes > free)
    warnings.say(`there are ${sizeForPeople(free)} free at the target, and ${sizeForPeople(bytes)} are to be written`);
  return {
    summary: planned.summary,
    totals: {
      ...out.totals,
      ...(filesThere === undefined ? {} : { files_there: filesThere, bytes_there: bytesThere ?? 0 }),
      ...(free === undefined ? {} : { free }),
      ...(expectedMs === undefined ? {} : { expected_ms: expectedMs }),
    },
    warnings: warnings.all(),
    policy: 'on_conflict' in request ? request.on_conflict : 'ask',
    ...(planned.bytes === undefined ? {} : { bytes: planned.bytes }),
    ...(needsRoom ? { room: target.folder } : {}),
    ...(planned.route === undefined ? {} : { route: planned.route }),
    ...(planned.buildsOnItself ? { buildsOnItself: true } : {}),
  };
}
