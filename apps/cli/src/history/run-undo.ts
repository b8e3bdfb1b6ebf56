import { verify } from '../daemon/verify.ts';
import { carryOut, confirmFiles } from '../file-action/run.ts';
import { printPlan } from '../file-action/print-plan.ts';
import { printable } from '../format/text.ts';
import type { Sd } from '../sd.ts';
import { done } from '../shared/library.ts';
import { receiptOf } from '../shared/receipts.ts';
import type { Plan } from '../wire.ts';

/** A plan of more steps is looked at first. */
const SMALL_PLAN = 20;

interface Undoing {
  readonly action: 'history.undo' | 'history.redo';
  readonly receipt: string | undefined;
  readonly options: { readonly allSteps: boolean; readonly verify: boolean; readonly noWait: boolean };
}

interface SetBack {
  readonly receipt: string;
  readonly result: { readonly done: string };
}

/** Takes an action back, or does it again: what it changed in the library at once, what it did to files by a plan. */
export async function runUndo(sd: Sd, { action, receipt: typed, options }: Undoing): Promise<number> {
  const input = typed === undefined ? {} : { receipt: await receiptOf(sd, typed) };
  const daemon = await sd.daemon();
  const plan = (await daemon.request(`preview:${action}`, input)) as Plan;
  const changesFiles = plan.totals !== undefined;
  if (sd.globals.dryRun) {
    if (changesFiles) await printPlan(sd, plan, options.allSteps);
    else if (sd.out.json) await sd.out.printJson(plan);
    else await sd.out.print(...(await import('../output/plan.ts')).drawPlan(plan, sd.out));
    return 0;
  }
  if (changesFiles) {
    if ((plan.totals?.steps ?? 0) > SMALL_PLAN && !sd.globals.yes) await confirmFiles(sd, plan);
    return carryOut(sd, { action, input, options }, plan);
  }
  const committed = (await daemon.request(`action:${action}`, { plan_id: plan.plan_id })) as SetBack;
  if (sd.out.json) await sd.out.printJson(committed);
  else done(sd, printable(committed.result.done));
  return options.verify ? verify(sd, action, committed.receipt) : 0;
}
