import { completed, followJob } from '../daemon/follow.ts';
import { verify } from '../daemon/verify.ts';
import { CliError } from '../errors.ts';
import { jobProgress } from '../progress/job-line.ts';
import { confirm } from '../prompt/confirm.ts';
import type { Sd } from '../sd.ts';
import type { JobInfo, Plan } from '../wire.ts';
import { type Decisions, decide } from './decide.ts';
import { type CarriedOut, outcomeLines, problemLines, skippedLines } from './outcome.ts';
import { printPlan } from './print-plan.ts';

export interface FileAction {
  /** `<area>.<verb>` of the action. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is done about what is there already, each where the ones before are not possible. */
  readonly policies?: readonly string[];
  /** The word that must be typed to go on, for what cannot be taken back; `--yes` does as well. */
  readonly typed?: string;
  /** Shows the plan and asks for a yes, unless `--yes`; where there is nothing to do, it says so. */
  readonly asks?: true;
  readonly options: { readonly allSteps: boolean; readonly verify: boolean; readonly noWait: boolean };
}

interface Started {
  readonly receipt: string;
  readonly result: { readonly plan_id: string; readonly done: string; readonly job: JobInfo };
}

/** Has a plan made, asks what has to be asked, has it carried out, and says what came of it. Answers the exit code. */
export async function runFileAction(sd: Sd, wanted: FileAction): Promise<number> {
  const daemon = await sd.daemon();
  const [policy] = wanted.policies ?? [];
  const input = { ...wanted.input, ...(policy === undefined ? {} : { on_conflict: policy }) };
  const plan = (await daemon.request(`preview:${wanted.action}`, input)) as Plan;
  if (sd.globals.dryRun) {
    await printPlan(sd, plan, wanted.options.allSteps);
    return 0;
  }
  if (wanted.asks && plan.steps.length === 0) {
    if (sd.out.json) await sd.out.printJson(plan);
    sd.out.remark(plan.summary, ...plan.warnings.map((line) => sd.out.errorColors.yellow(`! ${line}`)));
    return 0;
  }
  if ((wanted.asks || wanted.typed !== undefined) && !sd.globals.yes) await confirmFiles(sd, plan, wanted.typed);
  return carryOut(sd, wanted, plan);
}

/** Asks what a plan leaves open, has it carried out, and says what came of it. Answers the exit code. */
export async function carryOut(sd: Sd, wanted: FileAction, plan: Plan): Promise<number> {
  const decisions = await decide(sd, plan, wanted.policies);
  if (wanted.typed === undefined && !wanted.asks)
    sd.out.remark(...plan.warnings.map((line) => sd.out.errorColors.yellow(`! ${line}`)));
  const started = await commit(sd, wanted.action, plan, decisions);
  if (sd.out.json) await sd.out.printJson(started);
  if (wanted.options.noWait) {
    sd.out.remark(`started: sd job info ${started.result.job.id}`);
    return 0;
  }
  const from = performance.now();
  const progress = jobProgress(sd.out);
  const ended = await followJob(sd, started.result.job, progress.show).finally(progress.end);
  if (sd.out.json) await sd.out.printJson(ended);
  completed(ended, {
    whatStays: 'Stopped. What was done by then stays, and nothing is half done',
    wayOut: `sd job retry ${ended.id} goes on, sd undo takes it back`,
  });
  const went = await report(sd, { plan, done: started.result.done }, ended, performance.now() - from);
  return wanted.options.verify ? Math.max(went, await verify(sd, wanted.action, started.receipt)) : went;
}

async function commit(sd: Sd, action: string, plan: Plan, decisions: Decisions): Promise<Started> {
  const daemon = await sd.daemon();
  try {
    return (await daemon.request(`action:${action}`, { plan_id: plan.plan_id, decisions })) as Started;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'PLAN_STALE') throw error;
    throw new CliError('REFUSED', `something changed meanwhile: ${(error as Error).message}`, {
      code: 'PLAN_STALE',
      wayOut: 'nothing was done; try again',
    });
  }
}

/** Shows what is to be done to files, and asks whether to go on. */
export function confirmFiles(sd: Sd, plan: Plan, typed?: string): Promise<void> {
  const lines = async () => {
    const { planLines } = await import('../output/file-plan.ts');
    return planLines(plan, sd.out.errorColors, process.stderr.columns);
  };
  return confirm(sd, plan, { lines, typed });
}

async function report(sd: Sd, carriedOut: CarriedOut, job: JobInfo, milliseconds: number): Promise<number> {
  const lines = outcomeLines(carriedOut, job, milliseconds, sd.out.errorColors);
  sd.out.remark(...lines.good);
  if (lines.skipped > 0 && !sd.out.json) sd.out.remark(...(await skippedLines(sd, carriedOut.plan, lines.skipped)));
  if (lines.failed === 0) return 0;
  if (!sd.out.json) sd.out.complain(...(await problemLines(sd, carriedOut.plan, lines.failed)));
  return 1;
}
