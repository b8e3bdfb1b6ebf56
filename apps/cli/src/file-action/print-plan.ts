import { planLines, stepLines } from '../output/file-plan.ts';
import type { Sd } from '../sd.ts';
import type { Plan } from '../wire.ts';
import { allSteps } from './all-steps.ts';

/** What `--dry-run` prints: the plan with its first steps, or with `all` every one. */
export async function printPlan(sd: Sd, plan: Plan, all: boolean): Promise<void> {
  const { out } = sd;
  if (out.json) await out.printJson(plan);
  else if (!all) await out.print(...planLines(plan, out.colors, out.columns));
  else await out.print(...planLines({ ...plan, steps: [] }, out.colors, out.columns), '');
  if (!all) return;
  let first = true;
  for await (const page of allSteps(sd, { plan_id: plan.plan_id })) {
    if (out.json) await out.printJson(page);
    else await out.print(...stepLines(page.steps, out.colors, out.columns, first));
    first = false;
  }
}
